"""The hard moves at the desk: each form carries its verb, and a fault keeps what was typed."""

import pytest

from huying.channels.desk.tests.conftest import Desk, url
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
