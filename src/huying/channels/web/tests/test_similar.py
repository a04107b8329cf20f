"""我也遇到: asked before sending, without script, and nothing that was typed is lost on the way."""

import re

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from huying.channels.parts.templatetags.hy import spoken
from huying.channels.web.tests.conftest import DARK, filled, html, photo, sign_in
from huying.kernel import actions
from huying.kernel.models import Call, Photo
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.voices import share
from huying.people import parties
from huying.people.actors import party_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shared(story: Story) -> None:
    share("lamp")


def fields(answer: HttpResponse) -> dict[str, str]:
    """Every hidden field of the page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html(answer))
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def joins(answer: HttpResponse) -> list[str]:
    return re.findall(r'name="join" value="([^"]+)"', html(answer))


def hers(story: Story) -> Call:
    return Call.objects.exclude(pk=story.call.pk).get()


def test_she_is_shown_what_others_said_before_anything_is_recorded(client: Client, story: Story) -> None:
    page = html(client.post("/appeal/", filled(client)))
    assert "是不是这件事" in page and "路灯不亮" in page and "小龙坎街道" in page and "1 个人说过" in page
    assert Call.objects.count() == 1 and story.call.text not in page.replace(DARK, "")


def test_one_tap_joins_and_she_has_number_secret_and_day_of_her_own(client: Client, story: Story) -> None:
    asked = client.post("/appeal/", filled(client))
    answer = client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]}, follow=True)
    call = hers(story)
    assert answer.redirect_chain == [("/appeal/done/", 302)] and re.search(r'class="code">\w{5} \w{5}<', html(answer))
    assert call.matter == story.matter and story.matter.voices == 2
    assert (call.text, call.place, call.openness) == (DARK, "公交站对面", "named")


def test_it_is_another_thing_and_she_goes_on_as_if_never_asked(client: Client, story: Story) -> None:
    asked = client.post("/appeal/", filled(client))
    assert joins(asked)[-1] == "none"
    client.post("/appeal/", fields(asked) | {"join": "none"})
    assert hers(story).matter != story.matter and hers(story).text == DARK


def test_pictures_and_consent_go_along(client: Client, story: Story) -> None:
    asked = client.post("/appeal/", filled(client, publish="yes", photos=[photo()]))
    client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]})
    assert Photo.objects.filter(call=hers(story)).count() == 1 and hers(story).appeal.may_publish


def test_tapping_twice_or_sending_the_first_form_again_is_one_call(client: Client, story: Story) -> None:
    form = filled(client)
    asked = client.post("/appeal/", form)
    for _ in range(2):
        client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]})
    again = client.post("/appeal/", form)
    assert again.status_code == 302 and Call.objects.count() == 2 and story.matter.voices == 2


def test_only_what_was_offered_can_be_joined(client: Client, story: Story) -> None:
    forged = signing.dumps(["another form's key", story.matter.pk], salt="huying.join")
    for value in ("1", forged, "x:y:z"):
        asked = client.post("/appeal/", filled(client, join=value))
        assert "是不是这件事" in html(asked)
    assert Call.objects.count() == 1


def test_what_ended_between_question_and_answer_is_recorded_for_itself(client: Client, story: Story) -> None:
    asked = client.post("/appeal/", filled(client))
    story.until("answered")
    client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]})
    assert hers(story).matter != story.matter and hers(story).state == "open"


def test_a_report_of_wrongdoing_is_never_asked(client: Client, story: Story) -> None:
    assert client.post("/appeal/", filled(client, sort="report")).status_code == 302


def test_a_fault_in_the_form_comes_before_the_question(client: Client, story: Story) -> None:
    assert client.post("/appeal/", filled(client, phone="12")).status_code == 422


def test_she_sees_how_many_they_are_and_may_split_off_herself(client: Client, story: Story) -> None:
    asked = client.post("/appeal/", filled(client))
    client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]})
    address = f"/call/{hers(story).number}/"
    page = html(client.get(address))
    assert "2 个人遇到这件事" in page and "加入已经有人说过的这件事" in page
    after = html(client.post(address, {"do": "split"}, follow=True))
    assert hers(story).matter != story.matter and "从这里起单独办" in after
    assert client.post(address, {"do": "split"}).status_code == 409


STILL = "街上的路灯还是不亮，第四天了，晚上看不清台阶。"


def test_who_signed_in_is_shown_her_own_and_joins_it(client: Client, story: Story) -> None:
    share("tap")  # not what she told of: it is hers all the same
    sign_in(client, story)
    asked = client.post("/appeal/", filled(client, text=STILL, photos=[photo()]))
    page = html(asked)
    assert "您说过的" in page and f"/call/{story.call.number}/" in page and len(joins(asked)) == 2
    client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]})
    assert (hers(story).matter, hers(story).excluded, story.matter.voices) == (story.matter, "duplicate", 1)
    assert Photo.objects.filter(call=hers(story)).count() == 1
    assert "又说到这件事" in html(client.get(f"/call/{hers(story).number}/"))


def test_whoever_types_her_number_is_shown_nothing_of_hers(client: Client, story: Story) -> None:
    share("tap")
    phone = "13800004321"
    she = parties.party_of_phone(phone)
    own = actions.open_calls(party_actor(she), [new_call(caller=she)])[0]
    answer = client.post("/appeal/", filled(client, text=STILL, phone=phone))
    newest = Call.objects.latest("pk")
    assert answer.status_code == 302 and newest.caller == she and newest.matter_id != own.matter_id
    done = html(client.get("/appeal/done/"))
    assert spoken(newest.number) in done and spoken(own.number) not in done


def test_to_be_asked_counts_as_sending_and_so_does_joining(client: Client, story: Story, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 2
    asked = client.post("/appeal/", filled(client))
    assert client.post("/appeal/", fields(asked) | {"join": joins(asked)[0]}).status_code == 302
    other = Client()
    assert other.post("/appeal/", filled(other)).status_code == 429
