"""The caller's word at the desk: each form carries its verb for one voice, and a fault keeps what was typed."""

import pytest

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import actions
from huying.kernel.models import Call, Conclusion
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.kernel.tests.voices import joining, share
from huying.kernel.tests.words import REASONS, members, not_solved, panel
from huying.people.actors import holder_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_desk_calls_back_the_longest_waiting_and_writes_down_her_words(story: Story, at_desk: Desk) -> None:
    story.until("answered")
    client = at_desk(story.callback)
    page = client.get("/desk/").content.decode()
    assert "等回访" in page and f"call={story.call.pk}" in page
    short = client.post(url(story, "call_back"), {"outcome": "unsolved", "grade": "2", "words": ""})
    page = short.content.decode()
    assert short.status_code == 422 and 'value="unsolved" checked' in page and "请写下来电人说哪里没解决" in page
    assert client.post(url(story, "call_back"), {"outcome": "unreached"}).status_code == 302
    assert "打过 1 次没有接通" in client.get("/desk/").content.decode()
    whole = {"outcome": "unsolved", "grade": "2", "words": "还是黑的"}
    assert client.post(url(story, "call_back"), whole).status_code == 302
    page = client.get("/desk/").content.decode()
    assert "要回查" in page and "等回访" not in page
    assert client.post(url(story, "check"), {"found": "没有通知她", "follows": ""}).status_code == 422
    assert client.post(url(story, "check"), {"found": "没有通知她", "follows": "以后当天打电话"}).status_code == 302
    assert "没有等着回访、回查和公开的件" in client.get("/desk/").content.decode()


def test_of_several_voices_the_one_that_was_chosen_is_asked(story: Story, at_desk: Desk, caller: MakeCaller) -> None:
    share("lamp")
    story.until("signed")
    second = joining(story, caller)
    story.until("answered")
    client = at_desk(story.callback)
    page = client.get(f"{url(story)}?call={second.call_id}").content.decode()
    assert f'name="call" value="{second.call_id}" checked' in page
    none = client.post(url(story, "call_back"), {"outcome": "solved"})
    assert none.status_code == 422 and "请选一个人的诉求" in none.content.decode()
    assert client.post(url(story, "call_back"), {"outcome": "solved", "call": second.call_id}).status_code == 302
    assert Call.objects.get(pk=second.call_id).solved and story.call.state == "answered"


def test_the_desk_takes_others_along_with_a_reason(story: Story, at_desk: Desk, caller: MakeCaller) -> None:
    share("lamp")
    story.until("signed")
    second = joining(story, caller)
    story.until("answered")
    client = at_desk(story.dispatcher)
    assert 'id="v-widen"' not in client.get(url(story)).content.decode()
    actions.rate(holder_actor(second.call_id), second.call_id, False, 3)
    assert 'id="v-widen"' in client.get(url(story)).content.decode()
    assert client.post(url(story, "widen"), {"note": ""}).status_code == 422
    assert client.post(url(story, "widen"), {"note": "一根线"}).status_code == 302
    assert story.call.state == "open"


def test_only_the_head_is_offered_what_was_reopened(story: Story, at_desk: Desk) -> None:
    not_solved(story, 1)
    page = at_desk(story.handler).get(url(story)).content.decode()
    assert "要负责人签收" in page and "/sign/" not in page.split('class="verbs"')[-1]
    head = at_desk(story.head)
    assert "/sign/" in head.get(url(story)).content.decode().split('class="verbs"')[-1]
    assert head.post(url(story, "sign")).status_code == 302
    assert "要负责人签收" not in head.get(url(story)).content.decode()


def test_a_conclusion_is_proposed_and_decided_by_the_panel(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    not_solved(story, 2)
    heads = members(story, actor)
    client = at_desk(actor("head", story.city.department(DESK)))
    page = client.get(url(story)).content.decode()
    assert 'id="v-propose_conclusion"' in page and "评议单位 2" in page and "再请一个单位" in page
    first, second = (str(row.pk) for row in panel(story))
    short = client.post(url(story, "propose_conclusion"), {"reasons": REASONS, "chosen": ["行政复议"], "panel": [first, ""]})
    page = short.content.decode()
    assert short.status_code == 422 and REASONS in page and 'value="行政复议" checked' in page
    assert f'value="{first}" selected' in page
    whole = {"reasons": REASONS, "chosen": ["行政复议"], "panel": [first, second]}
    assert client.post(url(story, "propose_conclusion"), whole).status_code == 302
    actions.plead(story.she, story.call.pk, "还是黑的")
    for head in heads:
        member = at_desk(head)
        assert "请您评议" in member.get("/desk/").content.decode()
        assert "还是黑的" in member.get(url(story)).content.decode()
        assert member.post(url(story, "decide_conclusion"), {"agrees": "", "words": "同意"}).status_code == 422
        assert member.post(url(story, "decide_conclusion"), {"agrees": "yes", "words": "同意"}).status_code == 302
        assert "请您评议" not in member.get("/desk/").content.decode()
        assert member.get(url(story)).status_code == (404 if Conclusion.objects.get().ended_at else 200)
    assert story.matter.state == "concluded"


def test_an_inquiry_is_answered_at_once_from_the_dispatchers_page(story: Story, at_desk: Desk) -> None:
    new = new_call(caller=story.caller, sort="inquiry", title="敬老卡在哪里办", text="请问敬老卡在哪个车站能办？")
    story.opened = actions.open_calls(story.she, [new])[0]
    client = at_desk(story.dispatcher)
    assert 'id="v-answer_at_once"' in client.get(f"/desk/dispatch/{story.opened.matter_id}/").content.decode()
    short = client.post(url(story, "answer_at_once"), {"from": "dispatch", "text": "去车站"})
    assert short.status_code == 422 and "去车站</textarea>" in short.content.decode()
    whole = {"from": "dispatch", "text": "带身份证到轨道交通车站当场办。"}
    assert client.post(url(story, "answer_at_once"), whole)["Location"] == "/desk/dispatch/"
    assert story.call.state == "answered"


def test_a_call_stands_beside_the_rates_by_a_reason_of_the_pack(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    client = at_desk(actor("head", story.city.department(DESK)))
    assert "同一人重复反映同一件事" in client.get(url(story)).content.decode()
    assert client.post(url(story, "exclude"), {"why": "", "note": "重复"}).status_code == 422
    assert client.post(url(story, "exclude"), {"why": "duplicate", "note": "前天已有"}).status_code == 302
    assert "这件不计入三率" in client.get(url(story)).content.decode()
