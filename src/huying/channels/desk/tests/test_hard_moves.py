"""The hard moves at the desk: each form carries its verb, and a fault keeps what was typed."""

import pytest

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import actions
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("verb", ["decline", "refer"])
def test_a_dispatcher_says_why_not_and_where_to(story: Story, at_desk: Desk, verb: str) -> None:
    client = at_desk(story.dispatcher)
    assert f'id="v-{verb}"' in client.get("/desk/dispatch/").content.decode()
    short = client.post(url(story, verb), {"from": "dispatch", "ground": "合同纠纷不归行政机关裁决", "way": ""})
    page = short.content.decode()
    assert short.status_code == 422 and "合同纠纷不归行政机关裁决</textarea>" in page and "请写明出路" in page
    whole = {"from": "dispatch", "ground": "合同纠纷不归行政机关裁决", "way": "请向区人民法院起诉"}
    assert client.post(url(story, verb), whole)["Location"] == "/desk/dispatch/"
    assert story.call.state == "ended"


def test_a_bureau_sends_back_and_its_giver_decides(story: Story, at_desk: Desk) -> None:
    story.until("passed")
    bureau, centre = at_desk(story.handler), at_desk(story.centre)
    assert bureau.post(url(story, "send_back"), {"ground": "不归"}).status_code == 422
    ground = "《城市照明规定》第五条：院内路灯由产权人管。"
    assert bureau.post(url(story, "send_back"), {"ground": ground}).status_code == 302
    page = centre.get(url(story)).content.decode()
    assert 'id="v-adjudicate"' in page and 'id="v-release"' in page and ground in page
    assert centre.post(url(story, "adjudicate"), {"note": "在市政道路上"}).status_code == 302
    assert story.task().state == "given" and 'id="v-send_back"' not in bureau.get(url(story)).content.decode()


def test_a_head_stops_the_clock_and_lets_it_run_on(story: Story, at_desk: Desk) -> None:
    story.until("contacted")
    head = at_desk(story.head)
    short = head.post(url(story, "pause"), {"why": "outside", "note": ""})
    assert short.status_code == 422 and 'value="outside" checked' in short.content.decode()
    assert head.post(url(story, "pause"), {"why": "outside", "note": "等供电公司周五送电"}).status_code == 302
    page = head.get(url(story)).content.decode()
    assert "停表中" in page and 'id="v-resume"' in page and 'id="v-pause"' not in page
    assert head.post(url(story, "resume"), {"note": "已送电"}).status_code == 302
    assert "停表中" not in head.get(url(story)).content.decode()


def test_a_handler_asks_once_and_reads_the_reply(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    client = at_desk(story.handler)
    assert client.post(url(story, "supplement"), {"text": ""}).status_code == 422
    assert client.post(url(story, "supplement"), {"text": "请告诉我们灯杆编号"}).status_code == 302
    actions.reply(story.she, story.call.pk, "编号 A12")
    page = client.get(url(story)).content.decode()
    assert "请告诉我们灯杆编号" in page and "编号 A12" in page and 'id="v-supplement"' not in page


def test_more_time_is_asked_for_and_the_giver_decides(story: Story, at_desk: Desk) -> None:
    story.until("contacted")
    bureau, centre = at_desk(story.handler), at_desk(story.centre)
    assert bureau.post(url(story, "ask_extension"), {"budget": "x", "ground": "灯杆要从外地调货"}).status_code == 422
    assert bureau.post(url(story, "ask_extension"), {"budget": "2", "ground": "灯杆要从外地调货"}).status_code == 302
    assert "待批延期" in centre.get("/desk/").content.decode() and "待批延期" not in bureau.get("/desk/").content.decode()
    page = centre.get(url(story)).content.decode()
    assert 'id="v-decide_extension"' in page and "灯杆要从外地调货" in page
    task = str(story.task().pk)
    assert centre.post(url(story, "decide_extension"), {"task": task, "granted": ""}).status_code == 422
    assert centre.post(url(story, "decide_extension"), {"task": task, "granted": "yes"}).status_code == 302
    assert "待批延期" not in centre.get("/desk/").content.decode()


def test_the_giver_takes_back_or_gives_it_to_another(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    centre = at_desk(story.centre)
    child, to = str(story.task().pk), story.city.department("500106.housing").pk
    page = centre.get(f"{url(story)}?task={child}").content.decode()
    assert 'id="v-transfer"' in page and "改派给谁" in page
    assert centre.post(url(story, "transfer"), {"task": child, "bearer_id": to, "note": ""}).status_code == 422
    assert centre.post(url(story, "transfer"), {"task": child, "bearer_id": to, "note": "归住建委管"}).status_code == 302
    assert 'id="v-recall"' in centre.get(url(story)).content.decode()
    assert centre.post(url(story, "recall"), {"note": "由中心直接办"}).status_code == 302
    assert story.task("top").state == "signed"
