import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Incident, Matter
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story
from huying.kernel.tests.known import after, declared, notice, owed
from huying.kernel.tests.voices import another
from huying.people.actors import party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_the_desk_declares_is_read_by_everybody(story: Story) -> None:
    row = declared(story)
    [line] = queries.incidents()
    assert (line.matter_id, line.title, line.cause, line.area) == (row.pk, row.title, row.cause, "小龙坎街道")
    assert (line.since, line.until_at, line.news_at, line.voices) == (row.opened_at, row.until_at, row.news_at, 1)
    assert line.unit == story.city.department(DESK).name and not line.silent


def test_a_matter_that_is_still_new_is_accepted_on_the_way(story: Story) -> None:
    declared(story)
    assert story.matter.state == "accepted"
    assert story.matter.pk in [row.matter_id for row in queries.dispatch_queue(story.dispatcher)]


def test_who_says_when_the_next_news_come_has_promised_it(story: Story) -> None:
    row = declared(story, news_at=after(2))
    [promise] = owed(row)
    assert (promise.due_at, promise.unit, promise.budget) == (row.news_at, "hours", 2) and promise.task is promise.call is None


@pytest.mark.parametrize(("who", "speaks"), [("dispatcher", DESK), ("centre", CENTRE), ("head", BUREAU)])
def test_desk_centre_and_the_bearers_head_declare_each_for_their_own(story: Story, who: str, speaks: str) -> None:
    story.until("signed")
    row = actions.declare_incident(getattr(story, who), story.matter.pk, notice())
    assert row.teller.key == speaks


def test_who_works_it_and_who_has_nothing_to_do_with_it_may_not(story: Story, actor: MakeActor) -> None:
    story.until("signed")
    with pytest.raises(Refused) as refused:
        actions.declare_incident(story.handler, story.matter.pk, notice())
    assert refused.value.code == "not_yours"
    with pytest.raises(NotThere):
        actions.declare_incident(actor("head", story.city.department("500106.housing")), story.matter.pk, notice())


def test_a_head_whose_bureau_bore_it_once_no_longer_speaks_for_it(story: Story) -> None:
    story.until("passed")
    actions.recall(story.centre, story.task("top").pk, "改由中心自己办")
    with pytest.raises(Refused):
        actions.declare_incident(story.head, story.matter.pk, notice())


def test_a_report_and_what_complains_about_a_body_never_become_one(story: Story, caller: MakeCaller) -> None:
    secret = another(caller, sort="report")
    against = another(caller, sort="complaint", about_key="500106.housing")
    for opened in (secret, against):
        with pytest.raises(Refused) as refused:
            actions.declare_incident(story.dispatcher, opened.matter_id, notice())
        assert refused.value.code == "not_public"
        view = queries.matter_page(story.dispatcher, opened.matter_id)
        assert "declare_incident" not in view.verbs
    assert not Incident.objects.exists()


def test_it_is_declared_once(story: Story) -> None:
    declared(story)
    with pytest.raises(Refused) as refused:
        declared(story)
    assert refused.value.code == "known_incident"


def test_nobody_declares_for_an_area_that_is_not_his(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput) as bad:
        actions.declare_incident(story.head, story.matter.pk, notice(area_key="500103"))
    assert set(bad.value.errors) == {"area_key"} and not Incident.objects.exists()


def test_every_fault_is_named_at_once_and_nothing_is_written(story: Story) -> None:
    version = story.matter.version
    with pytest.raises(BadInput) as bad:
        declared(story, title="", cause="", area_key="nowhere", news_at=None, until_at=after(-1))
    assert set(bad.value.errors) == {"title", "cause", "area_key", "news_at", "until_at"}
    for news_at in (after(-1), after(24 * 8)):
        with pytest.raises(BadInput):
            declared(story, news_at=news_at)
    assert not Incident.objects.exists() and story.matter.version == version


def test_what_names_a_person_is_cut_out(story: Story) -> None:
    row = declared(story, title="电话13800138000家门口停水", cause="联系人张三，13800138000，水管爆了。")
    assert "138" not in row.title + row.cause and "〔电话·1〕" in row.title


def test_it_is_not_merged_away_but_others_go_into_it(story: Story, caller: MakeCaller) -> None:
    row, second = declared(story), another(caller)
    with pytest.raises(Refused) as refused:
        actions.merge(story.dispatcher, row.pk, second.matter_id)
    assert refused.value.code == "known_incident"
    actions.merge(story.dispatcher, second.matter_id, row.pk)
    assert queries.incidents()[0].voices == 2


def test_it_is_not_referred_away(story: Story) -> None:
    declared(story)
    with pytest.raises(Refused):
        actions.refer(story.dispatcher, story.matter.pk, "依据《信访工作条例》第三十一条", "请向法院起诉")
    assert story.matter.state == "accepted"


def test_verbs_are_offered_while_they_make_sense(story: Story) -> None:
    verbs = lambda: set(queries.matter_page(story.dispatcher, story.matter.pk).verbs)  # noqa: E731
    assert "declare_incident" in verbs() and not {"tell_news", "end_incident"} & verbs()
    declared(story)
    assert {"tell_news", "end_incident"} <= verbs() and not {"declare_incident", "merge", "refer"} & verbs()


def test_she_reads_it_among_her_hops(story: Story) -> None:
    declared(story)
    view = queries.call_page(party_actor(story.caller), story.call.pk)
    [hop] = [hop for hop in view.hops if hop.name == "incident.declared"]
    assert hop.note == notice().cause and view.incident is not None and view.incident.ended_at is None


def test_one_that_came_back_is_known_anew(story: Story) -> None:
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, "线缆接好了，路灯全部恢复。")
    actions.rate(story.she, story.call.pk, False, 1)
    again = declared(story, cause="接好的线缆又断了一处。")
    assert Matter.objects.get(pk=row.pk).state == "accepted" and [line.cause for line in queries.incidents()] == [again.cause]
    assert [news.text for news in queries.incident(row.pk).told] == [again.cause] and len(owed(again)) == 1
