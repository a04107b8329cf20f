"""查进度: by number and secret or signed in; the clock, every hop, the answer, her word. Not hers looks like not there."""

import pytest
from django.test import Client

from huying.base import ids
from huying.channels.web.tests.conftest import html, sign_in
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call

pytestmark = pytest.mark.django_db


def show_secret(client: Client, story: Story, **changes: str) -> object:
    return client.post("/find/", {"number": story.opened.number, "secret": story.opened.secret, **changes})


def page(client: Client, story: Story) -> str:
    return html(client.get(f"/call/{story.opened.number}/"))


def test_number_and_secret_open_the_call(client: Client, story: Story) -> None:
    assert show_secret(client, story)["Location"] == f"/call/{story.opened.number}/"
    assert story.call.title in page(client, story)


@pytest.mark.parametrize("spoken", ["{0} {1} {2}", "{0}-{1}-{2}", " {0}{1}{2} "])
def test_they_may_be_typed_as_they_are_spoken(client: Client, story: Story, spoken: str) -> None:
    n, s = story.opened.number, story.opened.secret
    typed = spoken.format(n[:4], n[4:8], n[8:])
    assert show_secret(client, story, number=typed, secret=f"{s[:5].upper()} {s[5:]}").status_code == 302


def test_a_wrong_digit_is_told_from_a_wrong_secret(client: Client, story: Story) -> None:
    wrong = story.opened.number[:-1] + str((int(story.opened.number[-1]) + 1) % 10)
    assert "12 位数字" in html(show_secret(client, story, number=wrong))
    answer = show_secret(client, story, secret="2222222222")
    assert answer.status_code == 422 and "对不上" in html(answer) and story.opened.number in html(answer)


def test_a_number_that_exists_and_one_that_does_not_are_answered_alike(client: Client, story: Story) -> None:
    theirs = html(show_secret(client, story, secret="2222222222")).replace(story.opened.number, "")
    free = ids.new_number()
    nobodys = html(show_secret(client, story, number=free, secret="2222222222")).replace(free, "")
    strip = [line for line in theirs.splitlines() if "csrf" not in line]
    assert strip == [line for line in nobodys.splitlines() if "csrf" not in line]


def test_without_the_secret_a_call_is_not_there(client: Client, story: Story) -> None:
    answer = client.get(f"/call/{story.opened.number}/")
    assert answer["Location"] == f"/find/?number={story.opened.number}"
    assert client.get("/call/100000000009/")["Location"] == "/find/?number=100000000009"
    assert story.call.title not in html(client.get(answer["Location"]))


def test_another_caller_s_call_is_not_there(client: Client, story: Story, caller: object) -> None:
    client.force_login(caller().account)  # type: ignore[operator]
    assert client.get(f"/call/{story.opened.number}/").status_code == 302


def test_signing_out_forgets_the_secrets_that_were_shown(client: Client, story: Story) -> None:
    show_secret(client, story)
    client.post("/signout/")
    assert client.get(f"/call/{story.opened.number}/").status_code == 302


def test_a_forged_cookie_opens_nothing(client: Client, story: Story) -> None:
    client.cookies["held"] = f"[{story.opened.call_id}]"
    assert client.get(f"/call/{story.opened.number}/").status_code == 302


def test_she_sees_who_has_it_by_when_and_every_hop(client: Client, story: Story) -> None:
    story.until("contacted")
    sign_in(client, story)
    told = page(client, story)
    assert "沙坪坝区城市管理局" in told and "剩 " in told and "答复您" in told
    assert "派给沙坪坝区社会治理中心，因为“路灯不亮”由它管" in told
    assert "说好今晚来修" in told and 'class="promise"' in told


def test_my_calls_are_those_of_my_phone_and_those_opened_here(client: Client, story: Story, caller: object) -> None:
    other = caller()  # type: ignore[operator]
    opened = actions.open_calls(story.she, [new_call(title="另一件别人的", caller=other)])[0]
    sign_in(client, story)
    assert story.call.title in html(client.get("/mine/")) and "另一件别人的" not in html(client.get("/mine/"))
    client.post("/find/", {"number": opened.number, "secret": opened.secret})
    assert "另一件别人的" in html(client.get("/mine/"))


def test_before_the_answer_there_is_nothing_to_rate(client: Client, story: Story) -> None:
    story.until("submitted")
    sign_in(client, story)
    assert "问题解决了吗" not in page(client, story)
    assert client.post(f"/call/{story.opened.number}/", {"solved": "yes"}).status_code == 409


def test_the_answer_asks_for_her_word_with_nothing_chosen(client: Client, story: Story) -> None:
    story.until("answered")
    sign_in(client, story)
    told = page(client, story)
    assert "今晚换了两盏灯" in told and "问题解决了吗" in told
    assert told.count('name="grade"') == 5 and " checked" not in told


def test_solved_ends_it_and_shows_her_word(client: Client, story: Story) -> None:
    story.until("answered")
    show_secret(client, story)
    client.post(f"/call/{story.opened.number}/", {"solved": "yes", "grade": "5", "text": "来得很快"})
    told = page(client, story)
    assert (story.call.state, story.call.grade, story.call.rating_text) == ("closed", 5, "来得很快")
    assert "您说解决了" in told and "非常满意" in told and "问题解决了吗" not in told


def test_not_solved_begins_again(client: Client, story: Story) -> None:
    story.until("answered")
    sign_in(client, story)
    client.post(f"/call/{story.opened.number}/", {"solved": "no"})
    assert story.matter.state == "working" and "正在重新办理" in page(client, story)


def test_a_grade_without_solved_names_what_is_missing_and_keeps_the_rest(client: Client, story: Story) -> None:
    story.until("answered")
    sign_in(client, story)
    answer = client.post(f"/call/{story.opened.number}/", {"grade": "2", "text": "灯又灭了"})
    told = html(answer)
    assert answer.status_code == 422 and "解决了，还是没解决" in told
    assert 'value="2" checked' in told and "灯又灭了" in told and story.call.state == "answered"


@pytest.mark.parametrize("grade", ["6", "0", "x", "５", "-1"])
def test_a_grade_outside_the_five_is_refused_or_passed_over(client: Client, story: Story, grade: str) -> None:
    story.until("answered")
    sign_in(client, story)
    client.post(f"/call/{story.opened.number}/", {"solved": "yes", "grade": grade})
    assert story.call.grade is None


def test_her_word_counts_once(client: Client, story: Story) -> None:
    story.until("answered")
    sign_in(client, story)
    client.post(f"/call/{story.opened.number}/", {"solved": "yes", "grade": "5"})
    assert client.post(f"/call/{story.opened.number}/", {"solved": "no", "grade": "1"}).status_code == 409
    assert story.call.solved is True and story.call.grade == 5


def test_her_pages_are_kept_by_no_cache(client: Client, story: Story) -> None:
    show_secret(client, story)
    for path in ("/mine/", f"/call/{story.opened.number}/", "/appeal/"):
        assert "no-store" in client.get(path)["Cache-Control"]
