"""What is told of a call, to whom, when and by which way: from the verbs through the log to the planned message."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.events import log, names
from huying.events.models import Cursor
from huying.kernel import actions, timers
from huying.kernel.tests.conftest import BUREAU, CENTRE, DARK, Story, new_call
from huying.kernel.tests.voices import another
from huying.notify import hours, letters, planner, reader, rules, templates
from huying.notify.models import Channel, Message, Notice, Way, Wish
from huying.people.models import Party
from tests.notify.conftest import PHONE, by_mail, read, with_phone
from tests.notify.servers import MailBox, Provider
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT, NOON = datetime(2026, 11, 25, 23, 30, tzinfo=clock.CITY_TIME), datetime(2026, 11, 25, 12, 0, tzinfo=clock.CITY_TIME)


# read as hours of the city: hypothesis wants its bounds without a zone
FIRST, LAST = NOON.replace(year=2025, tzinfo=None), NOON.replace(year=2028, tzinfo=None)


def at(moment: datetime) -> None:
    clock.set_offset(moment - datetime.now(clock.CITY_TIME))


def noticed(story: Story) -> list[str]:
    return list(Notice.objects.filter(call=story.opened.call_id).order_by("id").values_list("template", flat=True))


def test_a_call_is_told_from_its_receipt_to_its_answer(told: Story, gateway: Provider) -> None:
    told.until("answered")
    read()
    assert noticed(told) == ["received", "dispatched", "passed", "answered"]


def test_nobody_else_is_told(told: Story, gateway: Provider, caller: MakeCaller) -> None:
    other = another(caller)
    told.until("answered")
    read()
    assert set(Notice.objects.filter(call=other.call_id).values_list("template", flat=True)) == {"received"}


def test_every_voice_of_a_matter_is_told_its_own(told: Story, gateway: Provider) -> None:
    joined = another(lambda: with_phone("13900139000"))
    actions.merge(told.dispatcher, joined.matter_id, told.opened.matter_id)
    told.until("answered")
    read()
    theirs = list(Notice.objects.filter(call=joined.call_id).order_by("id").values_list("template", flat=True))
    assert theirs == ["received", "merged", "dispatched", "passed", "answered"]
    assert {notice.number for notice in Notice.objects.filter(call=told.opened.call_id)} == {told.call.number}


def test_a_voice_that_has_its_answer_is_not_told_of_anothers_rework(told: Story, gateway: Provider) -> None:
    joined = another(lambda: with_phone("13900139000"))
    actions.merge(told.dispatcher, joined.matter_id, told.opened.matter_id)
    told.until("answered")
    actions.rate(told.she, told.opened.call_id, False, 1)
    read()
    assert noticed(told)[-1] == "reopened"
    assert "reopened" not in Notice.objects.filter(call=joined.call_id).values_list("template", flat=True)


def test_what_is_asked_of_her_is_told(told: Story, gateway: Provider) -> None:
    told.until("signed")
    actions.supplement(told.handler, told.task().pk, "请写明是哪一盏灯")
    read()
    assert noticed(told)[-1] == "asked"


def test_a_granted_extension_is_told_with_its_new_day(told: Story, gateway: Provider) -> None:
    told.until("signed")
    before = told.matter.due_at
    actions.ask_extension(told.handler, told.task().pk, 3, "配件要从外地调来")
    actions.decide_extension(told.centre, told.task().pk, True)
    read()
    notice = Notice.objects.get(template="extended")
    assert notice.by is not None
    assert before is not None
    assert notice.by > before


def test_a_late_answer_is_told_and_told_again_when_it_is_raised(told: Story, gateway: Provider) -> None:
    told.until("signed")
    clock.set_offset(timedelta(days=40))
    timers.sweep_dry()
    read()
    assert noticed(told)[-2:] == ["late", "raised"]


@pytest.mark.parametrize(("verb", "template"), [("withdraw", "withdrawn"), ("decline", "declined"), ("refer", "referred")])
def test_an_end_is_told(told: Story, gateway: Provider, verb: str, template: str) -> None:
    if verb == "withdraw":
        actions.withdraw(told.she, told.opened.call_id)
    else:
        getattr(actions, verb)(told.dispatcher, told.opened.matter_id, "依照信访工作条例", "请找人民法院")
    read()
    assert noticed(told)[-1] == template


# --- Once -------------------------------------------------------------------------------------------------------------


def test_reading_again_from_the_beginning_tells_nothing_twice(told: Story, gateway: Provider) -> None:
    told.until("answered")
    read()
    before = (Notice.objects.count(), Message.objects.count())
    Cursor.objects.filter(reader=reader.NAME).update(seq=0)
    reader.run()
    assert (Notice.objects.count(), Message.objects.count()) == before


def test_one_fact_of_one_voice_is_one_notice_to_one_party_and_one_message_at_most() -> None:
    (constraint,) = [c for c in Notice._meta.constraints if c.name == "a_fact_is_told_once"]
    assert constraint.fields == ("subject", "version", "call", "party")  # type: ignore[attr-defined]
    assert not Notice._meta.get_field("message").many_to_many


def test_facts_within_the_window_go_in_one_message(told: Story, gateway: Provider) -> None:
    told.until("passed")
    read()
    message = Message.objects.get()
    assert message.notices.count() == 2  # the hand-over below is read on the portal alone
    assert letters.outgoing(message).words.template == "dispatched"


def test_what_comes_after_a_message_was_begun_is_another(told: Story, gateway: Provider) -> None:
    read()
    Message.objects.update(began_at=clock.now())
    told.until("dispatched")
    read()
    assert Message.objects.count() == 2


def test_a_claimed_message_takes_nothing_more(told: Story, gateway: Provider) -> None:
    read()
    Message.objects.update(claim="another", claim_until=clock.now() + timedelta(minutes=1))
    told.until("dispatched")
    read()
    assert Message.objects.count() == 2


# --- When -------------------------------------------------------------------------------------------------------------


def test_her_own_act_is_answered_at_once_even_at_night(told: Story, gateway: Provider) -> None:
    at(NIGHT)
    told.opened = actions.open_calls(told.she, [new_call(caller=told.caller)])[0]
    read()
    assert Message.objects.get(call=told.opened.call_id).next_try_at <= clock.now()


def test_what_others_did_at_night_waits_for_the_morning(told: Story, gateway: Provider) -> None:
    at(NIGHT - timedelta(hours=8))
    read()
    Message.objects.update(state="sent")
    at(NIGHT)
    told.until("dispatched")
    read()
    assert Message.objects.get(state="planned").next_try_at == datetime(2026, 11, 26, 8, tzinfo=clock.CITY_TIME)


def test_at_noon_it_leaves_after_the_window(told: Story, gateway: Provider) -> None:
    at(NOON)
    read()
    Message.objects.update(state="sent")
    told.until("dispatched")
    read()
    wait = Message.objects.get(state="planned").next_try_at - clock.now()
    assert planner.WINDOW - timedelta(seconds=20) < wait <= planner.WINDOW


def test_danger_to_life_wakes_her(told: Story, gateway: Provider) -> None:
    at(NIGHT)
    told.opened = actions.open_calls(told.she, [new_call(caller=told.caller, urgency="life")])[0]
    read()
    Message.objects.all().update(state="sent")
    told.until("dispatched")
    read()
    assert Message.objects.get(state="planned").next_try_at <= clock.now()


def test_a_dark_street_wakes_nobody(told: Story, gateway: Provider) -> None:
    at(NIGHT)
    told.opened = actions.open_calls(told.she, [new_call(caller=told.caller, urgency="utility")])[0]
    read()
    Message.objects.all().update(state="sent")
    told.until("dispatched")
    read()
    assert Message.objects.get(state="planned").next_try_at.astimezone(clock.CITY_TIME).hour == 8


def test_her_own_quiet_hours_hold(told: Story, gateway: Provider) -> None:
    at(NOON)
    read()
    Message.objects.update(state="sent")
    Wish.objects.create(party=told.caller, quiet_from=11, quiet_to=15)
    told.until("dispatched")
    read()
    assert Message.objects.get(state="planned").next_try_at == NOON.replace(hour=15)


@given(st.datetimes(FIRST, LAST, timezones=st.just(clock.CITY_TIME)), st.integers(0, 23), st.integers(0, 23))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_civil_moment_is_never_quiet_never_earlier_and_within_a_day(moment: datetime, start: int, end: int) -> None:
    civil = hours.civil(moment, start, end)
    assert not hours.is_quiet(civil, start, end)
    assert moment <= civil < moment + timedelta(days=1)
    assert hours.civil(civil, start, end) == civil


# --- Whom, and by which way -------------------------------------------------------------------------------------------


def test_who_left_no_phone_reads_it_on_the_portal_alone(story: Story, gateway: Provider) -> None:
    story.until("answered")
    read()
    assert (Message.objects.count(), Notice.objects.count()) == (0, 4)


def test_who_wishes_letters_gets_letters(told: Story, gateway: Provider, box: MailBox) -> None:
    by_mail(told.caller)
    read()
    assert Message.objects.get().channel == Channel.MAIL


def test_who_wishes_nothing_gets_nothing(told: Story, gateway: Provider) -> None:
    Wish.objects.create(party=told.caller, way=Way.PORTAL)
    told.until("answered")
    read()
    assert (Message.objects.count(), Notice.objects.count()) == (0, 4)


def test_an_erased_party_is_told_nothing(told: Story, gateway: Provider) -> None:
    Party.objects.filter(pk=told.caller.pk).update(data_key=None)
    told.until("answered")
    read()
    assert (Message.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_city_without_texts_tells_on_the_portal(told: Story) -> None:
    read()
    assert (Message.objects.count(), Notice.objects.count()) == (0, 1)


def test_old_news_is_read_on_the_portal_and_older_news_nowhere(told: Story, gateway: Provider) -> None:
    told.until("answered")
    clock.set_offset(timedelta(hours=25))
    read()
    assert (Message.objects.count(), Notice.objects.count()) == (0, 4)
    told.opened = actions.open_calls(told.she, [new_call(caller=told.caller)])[0]
    clock.set_offset(timedelta(days=60))
    read()
    assert noticed(told) == []


# --- What -------------------------------------------------------------------------------------------------------------


def test_no_template_has_a_blank_beyond_number_who_by_when_and_link() -> None:
    told_of = ("number", "who", "by", "link")
    assert told_of == templates.FIELDS
    for template in templates.TEMPLATES:
        whole = template.text + template.onward
        filled = whole % dict.fromkeys(told_of, "…")  # raises for any other blank
        assert "%" not in filled, template.name
        assert ("%(number)s" in template.text) is (template.name != "offered"), template.name  # what is offered has none
        assert template.onward.count("%(link)s") == 1, template.name


def test_what_leaves_holds_nothing_of_the_matter(told: Story, gateway: Provider) -> None:
    told.until("answered")
    actions.rate(told.she, told.opened.call_id, False, 1, "还是不亮")
    read()
    for notice in Notice.objects.all():
        for language in ("zh-hans", "en"):
            text = templates.render([notice], language).text + templates.read(notice, language)
            for word in (DARK, told.call.title, "灯", "亮", "周", PHONE, "换了"):
                assert word not in text
            assert told.call.number in text.replace(" ", "")


def test_it_says_who_and_by_when_and_where_to_read_on(told: Story, gateway: Provider) -> None:
    told.until("answered")
    read()
    answered = Notice.objects.get(template="answered")
    words = templates.render([answered], "zh-hans")
    assert answered.who == told.city.department(BUREAU).short
    assert words.values["link"] == f"https://city.example/call/{told.call.number}/"
    assert set(words.values) == {"number", "who", "by", "link"}
    given = Notice.objects.get(template="dispatched")
    assert templates.read(given, "zh-hans").startswith(f"您的诉求 {templates.ids.spoken(told.call.number)} 由")


def test_a_day_that_ends_at_midnight_is_named_and_an_hour_is_told() -> None:
    assert templates.day(datetime(2026, 11, 26, 0, 0, tzinfo=clock.CITY_TIME)) == "11 月 25 日"
    assert templates.day(datetime(2026, 11, 26, 9, 5, tzinfo=clock.CITY_TIME)) == "11 月 26 日 09:05 "


def test_where_a_blank_would_stay_empty_less_is_said(told: Story, gateway: Provider) -> None:
    read()
    notice = Notice.objects.get()
    notice.by = None
    assert templates.render([notice], "zh-hans").template == "news"


def test_the_table_names_facts_that_exist_with_the_fields_it_reads(told: Story, gateway: Provider) -> None:
    declared = {name for name, _schema in names._by_name}
    assert {rule.fact for rule in rules.RULES} | set(rules.MOVES) | set(rules.WAITS) <= declared
    said = {rule.template for rule in rules.RULES} | {"news", templates.TAKEN}
    assert said | {templates.of_kind(name, "service") for name in said} == {found.name for found in templates.TEMPLATES}
    told.until("answered")
    for fact in log.everything():
        rules.rule_of(fact)


def test_the_centre_is_named_before_the_bureau_has_it(told: Story, gateway: Provider) -> None:
    told.until("dispatched")
    read()
    assert Notice.objects.get(template="dispatched").who == told.city.department(CENTRE).short
