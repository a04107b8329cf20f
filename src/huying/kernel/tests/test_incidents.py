"""Whom an incident concerns, and that reading it costs next to nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area
from huying.kernel import queries
from huying.kernel.errors import NotThere
from huying.kernel.models import Matter
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.known import declared, opened

pytestmark = pytest.mark.django_db(transaction=True)


def concerning(story: Story, key: str) -> list[tuple[str, str]]:
    return [(line.area, line.reach) for line in queries.incidents(story.city.area(key))]


def test_a_streets_incident_concerns_the_street_and_who_only_named_its_district(story: Story) -> None:
    declared(story, area_key="500106001")
    assert concerning(story, "500106001") == [("小龙坎街道", "here")]
    assert concerning(story, "500106") == [("小龙坎街道", "part")]
    assert concerning(story, "500106101") == concerning(story, "500103") == concerning(story, "500103001") == []


def test_a_districts_incident_concerns_every_street_in_it(story: Story) -> None:
    declared(story, area_key="500106")
    assert concerning(story, "500106") == [("沙坪坝区", "here")]
    assert concerning(story, "500106001") == concerning(story, "500106101") == [("沙坪坝区", "above")]
    assert concerning(story, "500103001") == []


def test_the_citys_incident_concerns_all(story: Story) -> None:
    whole = city.city()
    assert whole is not None
    declared(story, area_key=whole.key)
    for key in ("500106", "500106001", "500103001"):
        assert [reach for _, reach in concerning(story, key)] == ["above"]


def test_the_nearest_stand_first(story: Story) -> None:
    opened(story, area_key="500106")
    declared(story, area_key="500106001")
    opened(story, area_key="500106")
    assert [reach for _, reach in concerning(story, "500106001")] == ["here", "above", "above"]


def test_an_area_that_was_closed_hears_of_its_successors(story: Story) -> None:
    old, new = story.city.area("500106101"), story.city.area("500106001")
    Area.objects.filter(pk=old.pk).update(valid_to=clock.today() - timedelta(days=1), successor=new)
    city.reset()
    declared(story, area_key="500106001")
    assert concerning(story, "500106101") == [("小龙坎街道", "here")]


def test_reading_all_that_run_is_one_question(story: Story) -> None:
    declared(story)
    for _ in range(5):
        opened(story)
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.incidents(story.city.area("500106001"))) == 6
    assert len(asked) == 1


def test_what_is_no_incident_has_no_page(story: Story) -> None:
    for pk in (story.matter.pk, 0):
        with pytest.raises(NotThere):
            queries.incident(pk)


def test_a_page_is_gone_should_its_matter_ever_complain_about_a_body(story: Story) -> None:
    row = declared(story)
    Matter.objects.filter(pk=row.pk).update(about=story.city.department("500106.housing"))
    with pytest.raises(NotThere):
        queries.incident(row.pk)
