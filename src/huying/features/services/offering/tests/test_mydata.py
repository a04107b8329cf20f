"""Her copy lists what offering holds of her; erased, nothing of it is left."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command

from huying.base import clock
from huying.city import queries
from huying.city.models import Setting
from huying.features.services.models import Draft
from huying.features.services.offering import answering, ending, models
from huying.features.services.offering.tests.conftest import Waiting
from huying.people import holdings

pytestmark = pytest.mark.django_db
TABLES = (models.Proven, models.Consent, models.Watch, models.RegisterLook, models.Offer)


def test_her_copy_lists_consents_number_offers_and_looks(waiting: Waiting) -> None:
    sections = {section.name: section.rows for section in holdings.held(waiting.party)}
    assert [row["看什么"] for row in sections["offer-consents"]] == ["姓名和户籍地址", "出生日期"]
    assert sections["offer-identity"] == [{"身份证号": waiting.number}]
    assert sections["offers"][0]["办什么"] == "老年人服务"
    assert sections["offers"][0]["状态"] == "等您确认"
    assert [row["看什么"] for row in sections["register-looks"]] == ["出生日期、姓名和户籍地址", "是不是本人"]


def test_erased_nothing_is_left(waiting: Waiting, settings: object, tmp_path: object) -> None:
    settings.ERASURES = tmp_path / "erasures"  # type: ignore[attr-defined, operator]
    holdings.erase(waiting.actor, waiting.party)
    assert not any(table._default_manager.exists() for table in TABLES)
    assert not Draft.objects.exists()


def test_what_ended_goes_when_its_time_is_over(waiting: Waiting) -> None:
    answering.decline(waiting.actor, waiting.row.token)
    Setting.objects.update_or_create(key="retention.offers.days", defaults={"value": 400})
    queries.reset()
    assert ending.trim() == 0
    night = clock.local_now().replace(hour=3) + timedelta(days=511)
    with clock.showing(night):
        assert ending.trim() == 3, "the offer and two looks; in Greenwich it is the day before"
    assert not models.Offer.objects.exists()


def test_no_table_of_offering_is_forgotten() -> None:
    ours = {model for model in apps.get_app_config("services").get_models() if ".offering." in model.__module__}
    assert ours == set(TABLES)


def test_the_migration_is_whole(db: None) -> None:
    call_command("makemigrations", "services", check=True, dry_run=True)
