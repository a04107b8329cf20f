"""Who looks for something finds what the rules let him see, as it is now; the rest is as if it were not there."""

import random
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from huying.city import queries as city
from huying.city.models import Setting
from huying.events.models import Cursor
from huying.events.sequence import Sequencer
from huying.kernel import actions, retention, rules, search
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Document
from huying.kernel.search import find, reader, rows, scopes
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from huying.people import holdings
from huying.people.actors import SYSTEM, Actor, party_actor
from huying.people.tests.given import pass_time
from tests.people import MakeActor, MakeCaller
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db(transaction=True)
VISITOR = Actor(name="visitor")


def read() -> None:
    """As the worker does: number what is new, and let the reader take it."""
    Sequencer("tests").run_dry()
    reader.run()


def found(actor: Actor, question: str, held: list[int] | None = None) -> list[int]:
    return [call.pk for call in search.calls(actor, question, held or []).calls]


def test_she_finds_her_own_call_and_a_stranger_does_not(story: Story, caller: MakeCaller) -> None:
    read()
    assert found(story.she, "路灯") == [story.call.pk]
    assert found(party_actor(caller()), "路灯") == [] == found(VISITOR, "路灯")


def test_not_yours_looks_like_not_there(story: Story, caller: MakeCaller) -> None:
    read()
    stranger = party_actor(caller())
    assert search.calls(stranger, "路灯") == search.calls(stranger, "没有这样的事")
    assert search.calls(stranger, story.call.number) == search.calls(stranger, "100000000009")


def test_who_showed_number_and_secret_finds_that_call_alone(story: Story, caller: MakeCaller) -> None:
    other = actions.open_calls(party_actor(caller()), [new_call()])[0]
    read()
    assert found(VISITOR, "路灯", [other.call_id]) == [other.call_id]
    assert found(story.she, "路灯", [other.call_id]) == [other.call_id, story.call.pk]


def test_the_public_number_finds_it_for_who_may_see_it(story: Story) -> None:
    read()
    number = story.call.number
    spaced = f"{number[:4]} {number[4:8]}-{number[8:]}"
    assert found(story.she, spaced) == [story.call.pk] == found(story.dispatcher, number)
    assert found(story.handler, number) == []


def test_a_unit_finds_what_it_bears_from_the_moment_it_was_given_it(story: Story, actor: MakeActor) -> None:
    read()
    assert found(story.handler, "路灯") == [] and found(story.dispatcher, "路灯") == [story.call.pk]
    story.until("passed")
    read()
    assert found(story.handler, "路灯") == [story.call.pk] == found(story.centre, "路灯")
    sister = actor("handler", story.city.department("500106.housing"))
    assert found(sister, "路灯") == []
    assert found(actor("supervisor", story.city.department("500106.governance-centre")), "路灯") == [story.call.pk]
    assert found(actor("supervisor", story.city.department("500103.governance-centre")), "路灯") == []


def test_an_answer_is_found_once_it_was_given_and_a_draft_by_nobody(story: Story) -> None:
    story.until("submitted")
    read()
    assert found(story.she, "两盏灯") == [] == found(story.handler, "两盏灯")
    story.until("answered")
    read()
    assert found(story.she, "两盏灯") == [story.call.pk] == found(story.handler, "两盏灯")


def test_a_body_complained_about_does_not_find_it(story: Story) -> None:
    opened = actions.open_calls(story.she, [new_call(about_key=BUREAU, text="路灯科的人不理我", caller=story.caller)])[0]
    story.until("passed")
    read()
    assert found(story.handler, "路灯") == [story.call.pk] and opened.call_id in found(story.dispatcher, "路灯")


def test_a_story_finds_what_is_most_like_it(story: Story) -> None:
    actions.open_calls(story.she, [new_call(text="楼上夜里施工打桩，吵得睡不着", title="夜里打桩", caller=story.caller)])
    read()
    told = "您好，小龙坎那边几盏路灯坏了好几天，晚上台阶看不清，接孩子很危险"
    assert found(story.she, told)[0] == story.call.pk == found(story.dispatcher, told)[0]


def test_page_after_page_he_finds_each_once(story: Story) -> None:
    actions.open_calls(story.she, [new_call(title=f"第{n}根路灯", caller=story.caller) for n in range(45)])
    read()
    seen: list[int] = []
    after: int | None = None
    for _ in range(3):
        page = search.calls(story.dispatcher, "路灯", before=after)
        seen, after = seen + [call.pk for call in page.calls], page.after
    assert after is None and len(seen) == len(set(seen)) == 46


def test_her_own_number_is_hers_to_read_and_is_in_no_index(story: Story, caller: MakeCaller) -> None:
    text = "路灯不亮，请打电话13800004321找我"
    opened = actions.open_calls(story.she, [new_call(text=text, caller=story.caller)])[0]
    read()
    assert "13800004321" not in " ".join(Document.objects.values_list("pieces", flat=True))
    assert found(story.she, "13800004321") == [] == found(story.dispatcher, "13800004321")
    shown = {call.pk: call.text for call in search.calls(story.she, "路灯").calls}
    assert "13800004321" in shown[opened.call_id]
    assert "13800004321" not in " ".join(call.text for call in search.calls(story.dispatcher, "路灯").calls)


def test_duties_are_found_by_what_they_say(story: Story) -> None:
    read()
    assert [duty.key for duty in search.duties("路灯")] == ["lamp"]
    assert [duty.key for duty in search.duties("欠薪")] == ["wages"]


def test_when_its_time_is_over_nothing_of_a_call_stays_in_the_index(story: Story) -> None:
    Setting.objects.create(key="retention.appeal.closed_days", value=90)
    city.reset()
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5, "好")
    read()
    pass_time(timedelta(days=91))
    assert retention.trim() == 1
    assert not Document.objects.filter(urn__in=[f"call:{story.call.pk}"]).exists()
    assert found(story.dispatcher, "路灯") == [] == found(story.she, story.call.number)
    read()
    assert list(search.differences()) == []


def test_when_she_is_erased_nothing_in_the_index_points_at_her(story: Story, tmp_path: Path, settings: LazySettings) -> None:
    settings.ERASURES = tmp_path / "erasures"
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5, "好")
    read()
    holdings.erase(party_actor(story.caller), story.caller)
    marks = " ".join(Document.objects.values_list("who", flat=True)).split()
    assert f"p{story.caller.pk}" not in marks
    read()
    assert list(search.differences()) == [] and found(story.handler, "路灯") == [story.call.pk]


def test_the_index_is_as_the_tables_are_whatever_happened(story: Story) -> None:
    other = actions.open_calls(story.she, [new_call(caller=story.caller, title="又一盏")])[0]
    story.until("passed")
    actions.merge(story.dispatcher, other.matter_id, story.matter.pk)
    read()
    assert list(search.differences()) == []
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 1, "还是黑的")
    read()
    assert list(search.differences()) == []


def test_differences_are_told_and_mended(story: Story) -> None:
    read()
    Document.objects.filter(urn="duty:lamp").delete()
    Document.objects.filter(urn=f"call:{story.call.pk}").update(pieces="别的")
    Document.objects.create(urn="call:999", pieces="没有", who="call")
    assert len(list(search.differences())) == 3
    assert search.rebuild() == 3
    assert list(search.differences()) == []


def test_reading_the_log_twice_changes_nothing(story: Story) -> None:
    story.until("answered")
    read()
    before = list(Document.objects.order_by("id").values_list("id", "urn", "pieces", "who"))
    Cursor.objects.filter(reader=reader.NAME).update(seq=0)
    reader.run()
    assert list(Document.objects.order_by("id").values_list("id", "urn", "pieces", "who")) == before


def test_whatever_somebody_may_see_has_one_of_his_marks(small_city: SmallCity, story: Story, actor: MakeActor) -> None:
    story.until("answered")
    chance = random.Random(7)
    keys = sorted(small_city.departments)
    for n in range(12):
        opened = actions.open_calls(story.she, [new_call(area_key=chance.choice([None, "500103001", "500106101"]))])[0]
        bearer = small_city.department(chance.choice([key for key in keys if "." in key and key != DESK]))
        if n % 3 and bearer.level == "district":
            with suppress(BadInput, NotThere, Refused):  # a few may not bear it
                actions.dispatch(story.dispatcher, opened.matter_id, bearer.pk, "lamp")
    read()
    roles = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")
    officers = [actor(role, small_city.department(key)) for key in keys for role in roles]
    for one in [*officers, story.she, SYSTEM]:
        seen, marks = rules.visible_to(one, "call"), set(scopes.for_actor(one))
        visible = set() if seen is None else {f"call:{pk}" for pk in Call.objects.filter(seen).values_list("pk", flat=True)}
        marked = {row.urn for row in Document.objects.filter(urn__startswith="call:") if marks & set(row.who.split())}
        assert visible <= marked
        by_rule = {f"call:{call.pk}" for call in search.calls(one, "路灯").calls}
        assert by_rule == visible, "all of them hold the words: so what is found is what may be seen"


@pytest.mark.postgres_only
def test_a_row_by_hand_is_the_row_that_django_reads(story: Story) -> None:
    story.until("answered")
    waiting = actions.open_calls(story.she, [new_call()])[0]
    hand = {call.pk: call for call in rows.seen(story.dispatcher, list(Call.objects.values_list("pk", flat=True)), find._SHOWN)}
    assert waiting.call_id in hand and len(hand) == Call.objects.count()
    for call in Call.objects.select_related("matter", "response"):
        mine = hand[call.pk]
        for path in find._SHOWN:
            table, _, column = path.rpartition("__")
            told, read_by_hand = (getattr(one, table) if table else one for one in (call, mine))
            assert (told is None) == (read_by_hand is None)
            assert told is None or getattr(told, column) == getattr(read_by_hand, column), path
        assert mine.channel == call.channel, "what was not asked for is read when somebody asks"


def test_anything_may_be_asked(story: Story) -> None:
    read()
    for strange in ("", " ", "'", '"', "* OR", '路灯" OR 1', "NEAR(", "a" * 5000, "路" * 5000, "\x00路灯", "@e0", "who : call"):
        assert len(search.calls(story.dispatcher, strange).calls) <= 1
        assert search.posts(strange) == []
        assert len(search.duties(strange)) <= 1


ALIKE = "我们街上的路灯三天不亮，晚上看不清台阶"


def test_what_is_most_like_a_text_is_found_for_whoever_may_see_it(story: Story, caller: MakeCaller) -> None:
    actions.open_calls(story.she, [new_call(text="楼上夜里施工打桩，吵得睡不着", title="夜里打桩", caller=story.caller)])
    read()
    assert [call.pk for call in search.alike(story.dispatcher, ALIKE)] == [story.call.pk]
    assert search.alike(story.dispatcher, ALIKE, well_rated=True) == []
    assert search.alike(party_actor(caller()), ALIKE) == [] == search.alike(VISITOR, ALIKE)
    assert search.alike(story.dispatcher, "") == [] == search.alike(story.dispatcher, "鲸鱼")


@pytest.mark.parametrize(("solved", "grade", "found"), [(True, 5, 1), (True, None, 1), (True, 3, 0), (False, 5, 0)])
def test_a_good_answer_is_one_that_she_called_a_solution(story: Story, solved: bool, grade: int | None, found: int) -> None:
    story.until("answered")
    read()
    assert search.alike(story.handler, ALIKE, well_rated=True) == []
    actions.rate(story.she, story.call.pk, solved, grade)
    read()
    good = search.alike(story.handler, ALIKE, well_rated=True)
    assert len(good) == found and all(call.response and "两盏灯" in call.response.text for call in good)
    assert list(search.differences()) == []
