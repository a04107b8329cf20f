"""What is ready is told to whom it is ready for: that something is, until when, and a link; never what."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.city.catalogue import InForce
from huying.features.services.offering import answering, consenting, running
from huying.features.services.offering.models import Offer
from huying.notify import letters, queries
from huying.notify.models import Message, Notice
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.notify.conftest import read
from tests.notify.servers import Provider
from tests.people import signed_in
from tests.small_offers import Register, born_before, identity, proven

pytestmark = pytest.mark.django_db(transaction=True)


def offered(she: Party, register: Register) -> Offer:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    running.whole()
    return Offer.objects.get()


def test_she_is_told_that_something_is_ready_and_not_what(
    old_age: InForce, she: Party, register: Register, gateway: Provider
) -> None:
    offer = offered(she, register)
    read()
    (message,) = Message.objects.filter(party=she)
    said = letters.outgoing(message).words.text
    until = offer.until
    assert said.startswith(f"按您的同意，替您备好了一件事，您确认了才办。请在{until.month} 月 {until.day} 日前看一看。")
    link = f"https://city.example/me/offers/{offer.token}/"
    assert said.endswith(link)
    for private in ("津贴", "老年", "80", "王秀英"):
        assert private not in said.removesuffix(link)  # digits of the token are drawn by chance
    assert queries.unread(she) == 1
    signed_in(she.account).get(f"/me/offers/{offer.token}/")  # type: ignore[arg-type]
    assert queries.unread(she) == 0


def test_told_again_nothing_is_told_twice(old_age: InForce, she: Party, register: Register, gateway: Provider) -> None:
    offered(she, register)
    read()
    running.whole()
    clock.set_offset(timedelta(days=1))
    running.whole()
    read()
    assert Notice.objects.filter(party=she, template="offered").count() == 1


def test_what_she_declined_before_it_was_told_is_not_told(
    old_age: InForce, she: Party, register: Register, gateway: Provider
) -> None:
    answering.decline(party_actor(she), offered(she, register).token)
    read()
    assert not Notice.objects.filter(party=she).exists()


def test_two_children_are_two_notices_in_one_message(
    school: InForce, she: Party, register: Register, gateway: Provider
) -> None:
    born = clock.today().replace(clock.today().year - 6, 3, 1)
    children = [
        {"identity": identity(born), "name": name, "sex": "male", "born": born.isoformat()} for name in ("安安", "宁宁")
    ]
    proven(she, register, born_before(35, 20), children=children)
    consenting.agree(party_actor(she), ["children"])
    running.whole()
    read()
    assert Notice.objects.filter(party=she).count() == 2
    assert Message.objects.filter(party=she).count() == 1
