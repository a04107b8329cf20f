"""The form asks which body it is about, and says what to do when the name is not known."""

import pytest
from django.test import Client
from django.urls import reverse

from huying.kernel.models import Matter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

FORM = {
    "key": "k1",
    "sort": "complaint",
    "text": "去办事三次都没有人，态度也很差。",
    "area": "500106001",
    "openness": "anonymous",
}


def send(client: Client, about: str) -> tuple[int, str]:
    answer = client.post(reverse("web:appeal"), {**FORM, "about": about})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", ["沙坪坝区城市管理局", " 沙坪坝区 城市管理局 "])
def test_the_body_that_is_named_is_kept_from_it(client: Client, small_city: SmallCity, name: str) -> None:
    assert send(client, name)[0] == 302
    about = Matter.objects.get().about
    assert about is not None and about.key == "500106.urban-management"


def test_nobody_need_be_named(client: Client, small_city: SmallCity) -> None:
    assert send(client, "")[0] == 302 and Matter.objects.get().about is None


def test_an_unknown_name_is_told_with_what_it_may_mean(client: Client, small_city: SmallCity) -> None:
    status, page = send(client, "沙坪坝区城管局")
    assert status == 422 and "沙坪坝区城市管理局" in page and 'value="沙坪坝区城管局"' in page
    assert not Matter.objects.exists()


def test_the_desk_that_reads_every_call_cannot_be_named(client: Client, small_city: SmallCity) -> None:
    status, page = send(client, "市12345政务服务热线中心")
    assert status == 422 and "12388" in page
