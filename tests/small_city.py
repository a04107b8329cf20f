"""A compact city made of plain rows: two districts, their streets, a desk, centres, bureaus, duties, terms, working days.

Small enough to know by heart and complete enough for a call to go from a street to an answer and back.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest
from django.db import connection

from huying.base import clock
from huying.city import queries
from huying.city.models import Area, Day, Department, Duty, Level, PackState, Setting, Term

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2027, 12, 31)
DISTRICTS = {"500103": "渝中区", "500106": "沙坪坝区"}
STREETS = {
    "500103001": ("500103", "七星岗街道"),
    "500103002": ("500103", "解放碑街道"),
    "500106001": ("500106", "小龙坎街道"),
    "500106101": ("500106", "青木关镇"),
}
# type: what its name ends in. `hotline` stands at the city alone, `governance-centre` in the districts alone.
BUREAUS = {
    "urban-management": "城市管理局",
    "housing": "住房和城乡建设委员会",
    "human-resources": "人力资源和社会保障局",
    "market-regulation": "市场监督管理局",
    "ecology": "生态环境局",
    "water": "水利局",
}
# key, group, subgroup, name, text, lead, level, urgency
DUTIES = (
    (
        "lamp",
        "城市管理",
        "市政照明",
        "路灯不亮",
        "路灯坏了不亮 街上黑 晚上看不见路 灯杆倾斜 照明故障",
        "urban-management",
        "district",
        "ordinary",
    ),
    (
        "stall",
        "城市管理",
        "市容秩序",
        "占道经营",
        "摆摊 占道 夜市 烧烤 油烟 垃圾 小贩堵路",
        "urban-management",
        "street",
        "ordinary",
    ),
    (
        "leak",
        "住房建设",
        "房屋安全",
        "房屋漏水",
        "屋顶漏水 新房开裂 开发商不肯保修 物业 电梯",
        "housing",
        "district",
        "ordinary",
    ),
    (
        "wages",
        "人力社保",
        "劳动监察",
        "拖欠工资",
        "工资没发 欠薪 包工头跑了 劳动合同 社保断缴",
        "human-resources",
        "district",
        "ordinary",
    ),
    (
        "refund",
        "市场监管",
        "消费维权",
        "退货退款",
        "商家不退钱 假货 过期食品 预付卡关门",
        "market-regulation",
        "district",
        "ordinary",
    ),
    (
        "noise",
        "生态环境",
        "噪声污染",
        "夜间施工噪声",
        "半夜打桩 噪音 吵得睡不着 黑烟 异味 排污水",
        "ecology",
        "district",
        "ordinary",
    ),
    ("tap", "水利", "供水", "停水", "自来水停了 水管爆裂 水发黄 没有水", "water", "district", "utility"),
    ("collapse", "住房建设", "房屋安全", "房屋垮塌危险", "墙要倒了 房子要垮 人有危险 塌方", "housing", "city", "life"),
)
# urgency, what, budget, unit
TERMS = (
    ("", "sign", 4, "hours"),
    ("", "contact", 24, "hours"),
    ("", "answer", 10, "workdays"),
    ("", "approve", 2, "workdays"),
    ("", "adjudicate", 1, "workdays"),
    ("", "check", 3, "workdays"),
    ("", "assist", 2, "workdays"),
    ("", "settle", 5, "workdays"),
    ("", "objection", 5, "workdays"),
    ("utility", "sign", 1, "hours"),
    ("utility", "answer", 24, "hours"),
    ("life", "sign", 1, "hours"),
    ("life", "contact", 1, "hours"),
    ("life", "answer", 2, "hours"),
)
SETTINGS = {
    "dispatch.confidence": 0.9,
    "dispatch.by_itself": False,
    "rate.days": 5,
    "callback.tries": 2,
    "rates.excluded": [{"name": "duplicate", "label": "同一人重复反映同一件事"}],
    "conclude.remedies": [
        {"name": "行政复议", "text": "60 日内向区政府申请。"},
        {"name": "信访复查", "text": "30 日内向上一级申请。"},
    ],
    "looks.reasons": [
        {"name": "contact", "label": "要和来电人联系"},
        {"name": "visit", "label": "要上门查看"},
    ],
    "public.board": True,
    "danger": [
        {"number": "119", "label": "火警", "words": ["着火", "起火", "爆炸"]},
        {"number": "110", "label": "报警", "words": ["打人", "抢劫"]},
        {"number": "120", "label": "急救", "words": ["昏倒", "大出血"]},
        {"number": "122", "label": "交通事故", "words": ["车祸"]},
    ],
}


@dataclass(frozen=True, slots=True)
class SmallCity:
    """The rows by their pack keys: `city.department("500103.urban-management")`, `city.area("500103001")`."""

    areas: dict[str, Area]
    departments: dict[str, Department]

    def area(self, key: str) -> Area:
        return self.areas[key]

    def department(self, key: str) -> Department:
        return self.departments[key]


def _areas() -> dict[str, Area]:
    city = Area.objects.create(key="50", code="50", name="重庆市", level=Level.CITY)
    areas = {"50": city}
    for key, name in DISTRICTS.items():
        areas[key] = Area.objects.create(key=key, code=key, name=name, level=Level.DISTRICT, parent=city, aliases=[name[:-1]])
    for key, (district, name) in STREETS.items():
        areas[key] = Area.objects.create(
            key=key, code=key, name=name, level=Level.STREET, parent=areas[district], aliases=[name[:-2]]
        )
    return areas


def _department(key: str, name: str, kind: str, area: Area) -> Department:
    return Department(key=key, name=name, short=name, type=kind, level=area.level, area=area, phone="")


def _departments(areas: dict[str, Area]) -> dict[str, Department]:
    rows = [_department("city.hotline", "市12345政务服务热线中心", "hotline", areas["50"])]
    rows += [_department(f"city.{kind}", f"市{name}", kind, areas["50"]) for kind, name in BUREAUS.items()]
    for key, district in DISTRICTS.items():
        rows.append(_department(f"{key}.governance-centre", f"{district}社会治理中心", "governance-centre", areas[key]))
        rows += [_department(f"{key}.{kind}", district + name, kind, areas[key]) for kind, name in BUREAUS.items()]
    for key, (_district, street) in STREETS.items():
        office = "人民政府" if street.endswith("镇") else "办事处"
        rows.append(_department(f"{key}.street-office", street + office, "street-office", areas[key]))
    Department.objects.bulk_create(rows)
    return {row.key: row for row in Department.objects.select_related("area")}


def _duties_and_terms() -> None:
    Duty.objects.bulk_create(
        Duty(key=key, group=group, subgroup=sub, name=name, text=text, lead=lead, level=level, urgency=urgency)
        for key, group, sub, name, text, lead, level, urgency in DUTIES
    )
    Term.objects.bulk_create(
        Term(
            key=f"{urgency or 'any'}.{what}",
            kind="appeal",
            urgency=urgency,
            what=what,
            budget=budget,
            unit=unit,
            basis="测试承诺",
        )
        for urgency, what, budget, unit in TERMS
    )


@cache
def _plain_days() -> str:
    """The statement that writes four years at once: most tests begin with it."""
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    rows = ", ".join(f"('{day}', {day.weekday() < 5}, '', '')" for day in days)
    return f"INSERT INTO {Day._meta.db_table} (date, working, name, notice) VALUES {rows}"


@pytest.fixture
def small_city(db: None) -> SmallCity:
    """Two districts of a city, with Monday to Friday as its working days from 2024 through 2027."""
    areas = _areas()
    departments = _departments(areas)
    _duties_and_terms()
    with connection.cursor() as cursor:
        cursor.execute(_plain_days())
    Setting.objects.bulk_create(Setting(key=key, value=value) for key, value in SETTINGS.items())
    # A digest of its own, so that no cache hands one test the rows of another.
    PackState.objects.create(id=1, name="small", digest=uuid.uuid4().hex, loaded_at=clock.now())
    queries.reset()
    return SmallCity(areas, departments)
