"""What the city knows of, as whoever meets it reads it: before she writes, on a page, with one tap to join."""

import re

import pytest
from django.test import Client

from huying.channels.web.tests.conftest import DARK, PHONE, filled, html, sign_in
from huying.kernel import actions
from huying.kernel.models import Call
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.known import CAUSE, DONE, NEWS, TITLE, after, declared, opened

pytestmark = pytest.mark.django_db


def key_on(client: Client, pk: int) -> str:
    found = re.search(r'name="key" value="(\w+)"', html(client.get(f"/incident/{pk}/")))
    assert found
    return found.group(1)


def newest() -> Call:
    return Call.objects.order_by("-pk")[0]


def test_the_portal_shows_what_runs_until_it_ends(client: Client, story: Story) -> None:
    assert "城市已经知道的事" not in html(client.get("/"))
    row = declared(story)
    page = html(client.get("/"))
    assert TITLE in page and "前再说消息" in page and "恢复" in page
    assert TITLE in html(client.get("/incidents/?area=500106")) and TITLE not in html(client.get("/incidents/?area=500103"))
    actions.end_incident(story.dispatcher, row.pk, DONE)
    assert TITLE not in html(client.get("/"))


def test_its_page_says_where_why_until_when_and_what_was_told(client: Client, story: Story) -> None:
    row = declared(story)
    actions.tell_news(story.dispatcher, row.pk, NEWS, after(3))
    page = html(client.get(f"/incident/{row.pk}/"))
    assert all(words in page for words in (TITLE, CAUSE, NEWS, "小龙坎街道", "1 个人遇到", "还说不准"))
    assert DARK[:10] not in page and story.call.number not in page


def test_a_matter_that_is_no_incident_looks_like_none(client: Client, story: Story) -> None:
    for pk in (story.matter.pk, 999999):
        assert client.get(f"/incident/{pk}/").status_code == client.post(f"/incident/{pk}/", {}).status_code == 404


def test_signed_in_it_is_truly_one_tap(client: Client, story: Story, caller: object) -> None:
    row = opened(story)
    sign_in(client, story)
    answer = client.post(f"/incident/{row.pk}/", {"key": key_on(client, row.pk), "join": "yes"}, follow=True)
    assert answer.redirect_chain == [("/appeal/done/", 302)]
    call = newest()
    assert (call.matter_id, call.caller_id, call.openness) == (row.pk, story.caller.pk, "confidential")
    assert "您已经加入了" in html(client.get(f"/incident/{row.pk}/"))


@pytest.mark.parametrize("how", [{"phone": PHONE}, {"openness": "anonymous"}])
def test_others_leave_a_number_or_no_name_and_need_one_page(client: Client, story: Story, how: dict[str, str]) -> None:
    row = opened(story)
    answer = client.post(f"/incident/{row.pk}/", {"key": key_on(client, row.pk), "join": "yes", **how}, follow=True)
    assert answer.redirect_chain == [("/appeal/done/", 302)] and newest().matter_id == row.pk
    assert newest().openness == how.get("openness", "confidential")


def test_nothing_said_of_how_to_reach_her_is_asked_once_and_a_wrong_number_named(client: Client, story: Story) -> None:
    row = opened(story)
    form = {"key": key_on(client, row.pk), "join": "yes"}
    assert client.post(f"/incident/{row.pk}/", form).status_code == 422
    answer = client.post(f"/incident/{row.pk}/", form | {"phone": "12"})
    assert answer.status_code == 422 and "11 位数字" in html(answer) and 'value="12"' in html(answer)
    assert Call.objects.count() == 1


def test_tapped_twice_it_is_one_voice(client: Client, story: Story) -> None:
    row = opened(story)
    form = {"key": key_on(client, row.pk), "join": "yes", "openness": "anonymous"}
    for _ in range(2):
        client.post(f"/incident/{row.pk}/", form)
    assert Call.objects.filter(matter=row.pk).count() == 1


def test_beside_the_form_stands_what_concerns_the_area(client: Client, story: Story) -> None:
    row = declared(story)
    here = html(client.get("/incidents/known/?area=500106001"))
    assert TITLE in here and f'formaction="/incident/{row.pk}/"' in here and f'name="seen" value="{row.pk}"' in here
    assert "您没有选镇街" in html(client.get("/incidents/known/?area=500106"))
    for elsewhere in ("500103001", "", "nowhere"):
        assert html(client.get(f"/incidents/known/?area={elsewhere}")).strip() == ""


def test_from_the_form_all_that_was_typed_goes_along(client: Client, story: Story) -> None:
    row = opened(story)
    answer = client.post(f"/incident/{row.pk}/", filled(client), follow=True)
    assert answer.redirect_chain == [("/appeal/done/", 302)]
    call = newest()
    assert (call.matter_id, call.text, call.place, call.openness) == (row.pk, DARK, "公交站对面", "named")


def test_from_an_empty_form_she_is_asked_for_a_number_without_reproach(client: Client, story: Story) -> None:
    row = opened(story)
    answer = client.post(f"/incident/{row.pk}/", filled(client, text="", sort="", openness="", phone=""))
    assert answer.status_code == 200 and 'role="alert"' not in html(answer) and "您也遇到了" in html(answer)


def test_who_complains_about_a_body_is_told_that_it_goes_its_own_way(client: Client, story: Story) -> None:
    row = opened(story)
    answer = client.post(f"/incident/{row.pk}/", filled(client, about="沙坪坝区城市管理局"))
    assert answer.status_code == 422 and "要单独办" in html(answer) and DARK in html(answer)
    assert Call.objects.count() == 1


def test_without_script_it_is_shown_when_the_form_is_sent(client: Client, story: Story) -> None:
    row = declared(story)
    asked = client.post("/appeal/", filled(client))
    assert "是不是这件事" in html(asked) and TITLE in html(asked) and Call.objects.count() == 1
    tokens = re.findall(r'name="join" value="([^"]+)"', html(asked))
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html(asked)))
    client.post("/appeal/", hidden | {"join": tokens[0]})
    assert newest().matter_id == row.pk and newest().text == DARK


def test_what_she_has_seen_beside_the_form_is_not_asked_again(client: Client, story: Story) -> None:
    row = declared(story)
    answer = client.post("/appeal/", filled(client, seen=str(row.pk)))
    assert answer.status_code == 302 and newest().matter_id != row.pk


def test_a_report_and_another_district_are_not_asked(client: Client, story: Story) -> None:
    declared(story)
    assert client.post("/appeal/", filled(client, sort="report")).status_code == 302
    assert client.post("/appeal/", filled(client, area="500103001", phone="13800138001")).status_code == 302


def test_what_ended_before_the_tap_is_said_and_nothing_is_recorded(client: Client, story: Story) -> None:
    row = opened(story)
    form = {"key": key_on(client, row.pk), "join": "yes", "openness": "anonymous"}
    actions.end_incident(story.head, row.pk, DONE)
    answer = client.post(f"/incident/{row.pk}/", form)
    assert answer.status_code == 409 and "刚刚结束" in html(answer) and DONE in html(answer)
    assert not Call.objects.filter(matter=row.pk).exists()


def test_her_status_page_tells_the_news_and_the_end(client: Client, story: Story) -> None:
    row = declared(story)
    sign_in(client, story)
    address = f"/call/{story.call.number}/"
    actions.tell_news(story.dispatcher, row.pk, NEWS, after(3))
    page = html(client.get(address))
    assert f"/incident/{row.pk}/" in page and "公布：这是已知事件" in page and page.count(NEWS) == 2
    actions.end_incident(story.dispatcher, row.pk, DONE)
    page = html(client.get(address))
    assert "这件事结束了" in page and DONE in page and "问题解决了吗" in page
