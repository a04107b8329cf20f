"""The desk reads whom a complaint is about, and cannot choose that body."""

import pytest

from huying.channels.desk.tests.conftest import Desk
from huying.kernel import actions
from huying.kernel.tests.conftest import BUREAU, Story, new_call

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_dispatcher_reads_whom_it_is_about_and_cannot_give_it_there(story: Story, at_desk: Desk) -> None:
    new = new_call(caller=story.caller, sort="complaint", about_key=BUREAU)
    matter = actions.open_calls(story.she, [new])[0].matter_id
    bureau, client = story.city.department(BUREAU), at_desk(story.dispatcher)
    page = client.get(f"/desk/dispatch/{matter}/").content.decode()
    assert f"反映的是{bureau.short}，不能派给它" in page and f'value="{bureau.pk}"' not in page
    answer = client.post(f"/desk/m/{matter}/dispatch/", {"bearer_id": bureau.pk})
    assert answer.status_code in (409, 422) and "不能由它承办" in answer.content.decode()


def test_an_officer_of_that_body_finds_no_such_page(story: Story, at_desk: Desk) -> None:
    new = new_call(caller=story.caller, sort="report", about_key=BUREAU)
    matter = actions.open_calls(story.she, [new])[0].matter_id
    assert at_desk(story.head).get(f"/desk/m/{matter}/").status_code == 404
