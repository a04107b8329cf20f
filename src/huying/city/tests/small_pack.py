"""A city pack of a few rows, written into a folder of its own: sound as it stands, and easy to break in one place."""

from pathlib import Path

from huying.city import pack
from huying.city.pack import Fault

FILES = {
    "pack.yaml": """\
name: small
title: 小城
time_zone: Asia/Shanghai
city: "50"
sources:
  - 自编
""",
    "areas.csv": """\
key,code,name,level,parent,valid_from,valid_to,successor,aliases
50,50,小城市,city,,,,,
500101,500101,万州区,district,50,,,,万州;万县
500112,500112,渝北区,district,50,,2025-11-06,liangjiang,渝北
liangjiang,,两江新区,district,50,2025-11-06,,,
500101001,500101001,高笋塘街道,street,500101,,,,
500101101,500101101,小周镇,street,500101,,,,
500112001,500112001,龙溪街道,street,500112,,2025-11-06,liangjiang-500112001,
500112133,500112133,统景镇,street,500112,,2025-11-06,500101-500112133,
liangjiang-500112001,,龙溪街道,street,liangjiang,2025-11-06,,,
500101-500112133,,统景镇,street,500101,2025-11-06,,,
""",
    "departments.csv": """\
key,name,short,type,level,area,phone,valid_from,valid_to,successor
city.hotline,市政务服务热线中心,热线,hotline,city,50,12345,,,
city.urban-management,市城市管理局,城管局,urban-management,city,50,,,,
city.roads,市公路局,公路局,roads,city,50,,,2025-01-01,city.transport
city.transport,市交通局,交通局,transport,city,50,,,,
""",
    "templates.yaml": """\
district:
  - type: governance-centre
    name: "{district}社会治理中心"
    short: 治理中心
  - type: urban-management
    name: "{district}城市管理局"
    short: "{district}城管局"
street:
  - type: street-office
    name: "{street}{办事处|人民政府}"
    short: "{street}"
""",
    "duties/city.yaml": """\
- key: city.lamp
  group: 城市管理
  subgroup: 市政照明
  name: 路灯不亮
  text: 路灯坏了不亮，街上黑
  lead: urban-management
  assists: [street-office]
  level: district
  urgency: ordinary
  ground: ""
  may_pass_down: true
- key: city.stall
  group: 城市管理
  subgroup: 市容
  name: 占道经营
  text: 摆摊占道
  lead: street-office
  level: street
""",
    "terms.yaml": """\
- {key: any.sign, kind: appeal, what: sign, budget: 4, unit: hours, basis: 承诺}
- {key: any.contact, kind: appeal, what: contact, budget: 24, unit: hours, basis: 承诺}
- {key: any.answer, kind: appeal, what: answer, budget: 10, unit: workdays, basis: 承诺}
- {key: any.approve, kind: appeal, what: approve, budget: 2, unit: workdays, basis: 承诺}
- {key: any.adjudicate, kind: appeal, what: adjudicate, budget: 1, unit: workdays, basis: 承诺}
- {key: inquiry.answer, kind: appeal, sort: inquiry, what: answer, budget: 5, unit: workdays, basis: 承诺}
- {key: life.answer, kind: appeal, urgency: life, what: answer, budget: 2, unit: hours, basis: 承诺}
- {key: any.check, kind: appeal, what: check, budget: 3, unit: workdays, basis: 承诺}
- {key: any.explain, kind: appeal, what: explain, budget: 5, unit: workdays, basis: 承诺}
- {key: any.assist, kind: appeal, what: assist, budget: 2, unit: workdays, basis: 承诺}
- {key: any.settle, kind: appeal, what: settle, budget: 5, unit: workdays, basis: 承诺}
""",
    "calendar.csv": """\
date,working,name,notice
2025-01-01,false,元旦,国办发明电〔2024〕12号
2025-01-26,true,春节,国办发明电〔2024〕12号
2026-01-01,false,元旦,国办发明电〔2025〕7号
""",
    "calendar_years.csv": """\
year,notice,published
2025,国办发明电〔2024〕12号,2024-11-12
2026,国办发明电〔2025〕7号,2025-11-04
""",
    "settings.yaml": """\
dispatch.confidence: 0.9
dispatch.by_itself: true
rate.days: 5
danger:
  - number: "119"
    label: 火警
    words: [着火, 冒烟]
""",
}


class SmallPack:
    """The pack in `root`, file by file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        """Put `text` in place of the whole file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def text(self, name: str) -> str:
        """What a file holds."""
        return (self.root / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def drop(self, name: str, *lines: str) -> None:
        """Take out the lines that begin with one of `lines`."""
        kept = [line for line in self.text(name).splitlines(keepends=True) if not line.startswith(lines)]
        self.write(name, "".join(kept))

    def faults(self) -> list[Fault]:
        """What `check` finds."""
        return pack.check(self.root).faults
