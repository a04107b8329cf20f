"""Not yours looks like not there: at every address of one thing a stranger reads the same words, at the same cost."""

import difflib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django.fixtures import Settings

from huying.base import clock, ids
from huying.channels.desk.grades import VERBS as GRADED
from huying.channels.desk.making.views import ENDINGS
from huying.channels.desk.verbs import FORMS
from huying.city.catalogue import InForce
from huying.city.things import decide
from huying.events.sequence import Sequencer
from huying.features.services import sealing
from huying.features.services.making.models import Agreement, ThingDraft
from huying.features.services.models import Document, Draft, Mandate, Rating, Upload, Visit
from huying.features.services.offering.models import Offer
from huying.features.services.opening import NewCase, open_cases
from huying.features.services.papers import take_up as take_up_paper
from huying.kernel.models import Cause, CauseMember, Photo, Promise
from huying.kernel.photos import take_up
from huying.kernel.search import reader
from huying.kernel.tests.conftest import Story, story
from huying.people.models import Account, Leave
from tests import addresses
from tests.people import PASSWORD, MakeCaller, MakeOfficer, signed_in
from tests.small_things import ANSWERS, FORM

__all__ = ["story"]
pytestmark = pytest.mark.django_db
NUMBER = "48219037551" + ids.check_digit("48219037551")  # sound, and nobody's
# What everybody may read (a street, a service, the log), and what is opened by a token that nobody can guess.
FOR_ALL = {
    "/street/<str:key>/",
    "/items/<str:code>/",
    "/log/consistency/<int:old>/<int:size>",
    "/log/tile/<int:level>/<path:place>",
    "/photo/draft/<str:token>/",
    "/things/<slug:key>/",
    "/things/<slug:key>/form/",  # one's own
}
FILLED = {
    "text": "今晚换了两盏灯，已经亮了，明早再去看一遍。",
    "note": "请按规定办理这件事。",
    "reason": "contact",
    "words": "约上门的时间",
    "field": "phone",
    "do": "withdraw",
    "found": "proper",
    "changed": "换了整条街的灯，每月去看一遍。",
    "way": "phone",
}
# The digest that a stranger must hold is worked out from the call's own facts, so a wrong one for a number that is there takes
# longer. It tells that the number was given out, and nothing of the call; the words are the same.
MAY_TAKE_LONGER = {"/verify/<str:number>/<str:code>/", "/document/<str:number>/<str:code>/"}
NEAR = 2  # statements more or less: a cache that was cold


@dataclass
class Thing:
    """One thing that is there, by the places of an address that lead to it; what is not there has `missing` instead."""

    route: str
    there: dict[str, object]
    missing: tuple[str, ...]  # the places that are drawn anew
    verbs: tuple[str, ...] = ()
    more: dict[str, object] = field(default_factory=dict)


def path_of(route: str, places: dict[str, object]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(places[found[1]]), route)


@pytest.fixture
def things(story: Story, birth: InForce, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> list[Thing]:
    """Of each kind one that is somebody's: a call with a picture, its matter under work, a case, a leave, an answer, a unit."""
    settings.PHOTOS = tmp_path_factory.mktemp("photos")
    settings.PAPERS = tmp_path_factory.mktemp("papers")
    paper = case_of(story, birth)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6a63").save(out, "JPEG")
    picture = take_up("lamp.jpg", out.getvalue())
    story.until("submitted")
    Photo.objects.create(call=story.call, taken_up_at=clock.now(), **picture.fields())
    assert story.handler.officer
    today = clock.today()
    officer = story.handler.officer
    leave = Leave.objects.create(officer=officer, first=today, last=today, entered_by=officer, entered_at=clock.now())
    number, matter, call = {"number": story.call.number}, {"matter_id": story.matter.pk}, {"call_id": story.call.pk}
    given = {"number": document_of(paper, story).number}
    grade = {"rating_id": rating_of(paper).pk}
    unit = {"unit": story.task().bearer_id}
    ready = {"token": offer_of(story, birth).token}
    return [
        Thing("/call/<str:number>/", number, ("number",)),
        Thing("/call/<str:number>/receipt/", number, ("number",)),
        Thing("/call/<str:number>/receipt.json", number, ("number",)),
        Thing("/verify/<str:number>/<str:code>/", number | {"code": "0" * 32}, ("number",)),
        Thing("/case/<str:number>/", {"number": paper.case.call.number if paper.case else ""}, ("number",)),
        *at_counters(paper, story),
        *in_the_making(story),
        Thing("/document/<str:number>/<str:code>/", given | {"code": "0" * 32}, ("number",)),
        Thing("/me/documents/<str:number>/", given, ("number",)),
        Thing("/me/documents/<str:number>/document.pdf", given, ("number",)),
        *(
            Thing(route, {"mandate_id": mandate_of(paper, story).pk}, ("mandate_id",))
            for route in (
                "/me/mandates/<int:mandate_id>/",
                "/for/<int:mandate_id>/",
                "/for/<int:mandate_id>/slip/",
                "/desk/window/<int:mandate_id>/slip/",
            )
        ),
        Thing("/me/offers/<str:token>/", ready, ("token",)),
        Thing("/paper/<int:upload_id>/", {"upload_id": paper.pk}, ("upload_id",)),
        Thing("/photo/<str:sha256>/", {"sha256": picture.sha256}, ("sha256",)),
        Thing("/photo/<str:sha256>/small/", {"sha256": picture.sha256}, ("sha256",)),
        Thing("/incident/<int:matter_id>/", matter, ("matter_id",)),
        Thing("/desk/m/<int:matter_id>/", matter, ("matter_id",)),
        Thing("/desk/m/<int:matter_id>/look-over/", matter, ("matter_id",)),
        *(Thing("/desk/m/<int:matter_id>/<slug:verb>/", matter | {"verb": verb}, ("matter_id",)) for verb in FORMS),
        Thing("/desk/documents/<str:number>/revoke/", given, ("number",)),
        *(Thing("/desk/grades/<int:rating_id>/<slug:verb>/", grade | {"verb": verb}, ("rating_id",)) for verb in GRADED),
        Thing("/desk/look/<int:call_id>/", call, ("call_id",)),
        Thing("/desk/dispatch/<int:matter_id>/", matter, ("matter_id",)),
        Thing("/desk/hot/<int:cause_id>/close/", {"cause_id": standing(story).pk}, ("cause_id",)),
        Thing("/desk/leave/<int:leave_id>/end/", {"leave_id": leave.pk}, ("leave_id",)),
        *(
            Thing("/desk/duty/<int:unit>/<slug:what>/", unit | {"what": what}, ("unit",))
            for what in ("add", "remove", "import")
        ),
        Thing("/desk/templates/from/<int:response_id>/", {"response_id": story.response().pk}, ("response_id",)),
    ]


def at_counters(paper: Upload, story: Story) -> list[Thing]:
    """What is paid and booked for her case."""
    unit = {"unit": story.task().bearer_id}
    return [
        Thing("/case/<str:number>/visit/<str:item>/", case_item(paper), ("number",)),
        Thing("/case/<str:number>/fee/<str:item>/", case_item(paper), ("number",)),
        Thing("/pay/<str:number>/", {"number": "0" * 12}, ("number",)),
        *(
            Thing("/desk/counter/<int:visit_id>/<slug:how>/", {"visit_id": visit_of(paper).pk, "how": how}, ("visit_id",))
            for how in ("came", "missed")
        ),
        Thing("/desk/counter/hours/<int:unit>/", unit, ("unit",)),
    ]


def in_the_making(story: Story) -> list[Thing]:
    """A thing that a bureau of the city writes, and waits for the word of the unit that bears her matter."""
    assert story.handler.officer
    now, owner = clock.now(), story.city.department("city.urban-management")
    draft = ThingDraft(code="market", text="code: market", owner=owner, changed_by=story.handler.officer, state="sent")
    draft.created_at = draft.changed_at = draft.sent_at = now
    draft.save()
    asked_of = Agreement.objects.create(draft=draft, revision=1, body="water", department=story.task().bearer)
    there = {"draft_id": draft.pk}
    at = "/desk/things/<int:draft_id>/"
    return [
        *(Thing(route, there, ("draft_id",)) for route in ("/things/draft/<int:draft_id>/", at)),
        *(Thing(f"{at}{page}/", there, ("draft_id",)) for page in ("text", "file", "review")),
        *(Thing(f"{at}<slug:verb>/", there | {"verb": verb}, ("draft_id",)) for verb in ENDINGS),
        *(
            Thing(f"{at}<int:consent_id>/<slug:verb>/", there | {"consent_id": asked_of.pk, "verb": verb}, ("draft_id",))
            for verb in ("agree", "disagree")
        ),
    ]


def case_of(story: Story, birth: InForce) -> Upload:
    """A case of hers, and a paper in it."""
    decided = decide(birth.whole, ANSWERS)
    wanted = {name: FORM[name] for name in (one.field.name for one in decided.fields) if name in FORM}
    opened = open_cases(story.she, [NewCase("strange", story.caller, birth, decided, wanted, "500106001")])[0]
    row = take_up_paper(story.caller, "card.pdf", b"%PDF-1.4\n%%EOF\n")
    row.case_id, row.material = opened.matter_id, "identity-card"
    row.save()
    return Upload.objects.select_related("case__call").get(pk=row.pk)


def document_of(paper: Upload, story: Story) -> Document:
    """What the first item of her case gave her, as if it had been granted."""
    assert paper.case
    branch = paper.case.branches.select_related("bearer").order_by("place")[0]
    version = paper.case.version.items.get(item__key=branch.item)
    row = Document(case=paper.case, branch=branch, owner=story.caller, issuer=branch.bearer, version=version)
    row.issued_on, row.sealed = clock.today(), sealing.seal(story.caller, {"title": "证", "holder": "李梅", "words": "一号"})
    row.save()
    return row


def mandate_of(paper: Upload, story: Story) -> Mandate:
    """By which a counter of the unit that bears her matter applied for her today."""
    assert paper.case and story.handler.officer
    row = Mandate(giver=story.caller, window=story.task().bearer, officer=story.handler.officer, relation="window")
    row.thing, row.proof = paper.case.thing, Mandate.Proof.CODE
    row.asked_at = row.accepted_at = clock.now()
    row.until = clock.now() + timedelta(hours=8)
    row.save()
    paper.case.mandate = row
    paper.case.save(update_fields=["mandate"])
    return row


def case_item(paper: Upload) -> dict[str, object]:
    """Her case, and its first item."""
    assert paper.case
    return {"number": paper.case.call.number, "item": paper.case.branches.order_by("place")[0].item}


def visit_of(paper: Upload) -> Visit:
    """A time that is kept for her at the counter of her first item."""
    assert paper.case
    branch = paper.case.branches.select_related("bearer").order_by("place")[0]
    made = {"department": branch.bearer, "starts_at": clock.now(), "place": 1, "booked_at": clock.now()}
    return Visit.objects.get_or_create(branch=branch, state=Visit.State.BOOKED, defaults=made)[0]


def offer_of(story: Story, birth: InForce) -> Offer:
    """Something that is ready for her, with a draft of its own."""
    now = clock.now()
    draft = Draft.objects.create(party=story.caller, thing="offer.strange", version_id=birth.version, saved_at=now)
    row = Offer(party=story.caller, rule="birth", occasion="1", thing="birth", version_id=birth.version, draft=draft)
    row.made_at, row.until = now, clock.today()
    why = {"zh": "因为要办", "en": "Because it is due", "day": clock.today().isoformat(), "name": ""}
    row.sealed = sealing.seal(story.caller, {"why": why, "sources": {}})
    row.save()
    return row


def rating_of(paper: Upload) -> Rating:
    """A poor grade that waits for an answer of the unit of her first item."""
    assert paper.case
    branch = paper.case.branches.select_related("bearer").order_by("place")[0]
    clock_ = Promise.objects.filter(task=branch.task_id).first()
    return Rating.objects.create(
        case=paper.case,
        branch=branch,
        unit=branch.bearer,
        grade=1,
        rated_at=clock.now(),
        promise=clock_,
        contacted_at=clock.now(),
    )


def standing(story: Story) -> Cause:
    """A cause that stands, of her matter, owned by the unit that bears it."""
    now = clock.now()
    row = Cause(district=story.city.area("500106"), heart=story.matter, place="小龙坎", people=3, busiest=3, found_at=now)
    row.owner, row.stands_at = story.task().bearer, now
    row.save()
    CauseMember.objects.create(cause=row, matter=story.matter)
    return row


@pytest.fixture
def strangers(story: Story, officer: MakeOfficer, caller: MakeCaller) -> dict[str, Account | None]:
    """Who has nothing to do with it: a visitor, another caller, and officers of the other district in every post."""
    found: dict[str, Account | None] = {"visitor": None, "another caller": caller().account}
    posts = {"handler": "water", "head": "housing", "dispatcher": "governance-centre", "supervisor": "governance-centre"}
    for role, unit in posts.items():
        found[role] = officer(role, story.city.department(f"500103.{unit}")).account
    return found


def asked(account: Account | None, method: str, path: str, values: dict[str, object]) -> tuple[tuple[object, ...], int]:
    """What comes back, without what the address itself says; and how many statements it took."""
    client = Client() if account is None else signed_in(account)
    reset_queries()  # the connection remembers the last 9,000 and counts no further
    with CaptureQueriesContext(connection) as statements:
        answer = client.get(path) if method == "get" else client.post(path, FILLED)
    return (answer.status_code, plain(answer.headers.get("Location", ""), path, values), told(answer, path, values)), len(
        statements
    )


def told(answer: HttpResponse, path: str, values: dict[str, object]) -> str:
    if answer.streaming:
        return "a file"
    return plain(re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode()), path, values)


def without_moments(text: str) -> str:
    """A page says when it was made."""
    return re.sub(r"<time.*?</time>", "<time>", text)


def plain(text: str, path: str, values: dict[str, object]) -> str:
    text = without_moments(text)
    for said in (path, quote(path, safe=""), *(str(value) for value in values.values() if len(str(value)) > 8)):
        text = text.replace(said, "·")
    return text


def differing(ours: Iterable[object], none: Iterable[object]) -> list[str]:
    """The lines in which two answers differ; a whole page would hide them."""
    one, other = ("\n".join(map(str, answer)).replace("><", ">\n<").splitlines() for answer in (ours, none))
    return [line for line in difflib.unified_diff(one, other, lineterm="", n=0) if line[:2] not in ("--", "++", "@@")]


MISSING = {
    "number": st.just(NUMBER),
    "token": st.text("0123456789abcdef", min_size=16, max_size=16),
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
}


def test_every_address_of_one_thing_is_tried(things: list[Thing]) -> None:
    of_one = {route for route in addresses.every() if addresses.has_places(route)}
    assert of_one == {thing.route for thing in things} | FOR_ALL


@pytest.mark.parametrize("who", ["visitor", "another caller", "handler", "head", "dispatcher", "supervisor"])
@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_stranger_cannot_tell_what_is_there(
    things: list[Thing], strangers: dict[str, Account | None], who: str, data: st.DataObject
) -> None:
    account = strangers[who]
    for thing in things:
        nothing = thing.there | {name: data.draw(MISSING.get(name, st.integers(10**6, 10**12))) for name in thing.missing}
        for method in ("get", "post"):
            ours, cost = asked(account, method, path_of(thing.route, thing.there), thing.there)
            none, least = asked(account, method, path_of(thing.route, nothing), nothing)
            where = f"{method} {path_of(thing.route, thing.there)}"
            assert not differing(ours, none), where
            near = abs(cost - least) <= NEAR or thing.route in MAY_TAKE_LONGER
            assert near, f"{where}: {cost} statements, {least} for nothing"


def test_whoever_has_to_do_with_it_does_see_it(things: list[Thing], story: Story) -> None:
    """A test in which nobody ever sees anything would prove nothing."""
    assert story.handler.officer
    opened = {"/desk/m/<int:matter_id>/": story.handler.officer.account, "/call/<str:number>/": story.caller.account}
    opened |= {"/photo/<str:sha256>/": story.caller.account, "/me/offers/<str:token>/": story.caller.account}
    for thing in things:
        if thing.route in opened:
            (status, _, body), _ = asked(opened[thing.route], "get", path_of(thing.route, thing.there), thing.there)
            assert status == 200 and body, thing.route


# Addresses that take what they look for out of a form or the question mark: (method, path, what is sent).
IN_FORMS = (
    ("post", "/desk/sign/", "task"),
    ("post", "/desk/batch/", "task"),
    ("get", "/desk/history/", "officer"),
    ("get", "/desk/leave/", "officer"),
    ("get", "/desk/templates/", "edit"),
    ("get", "/desk/", "task"),
)


@pytest.mark.parametrize("path", ["/search/", "/desk/search/"])
def test_nor_by_looking_for_it(story: Story, strangers: dict[str, Account | None], path: str) -> None:
    story.until("submitted")
    Sequencer("tests").run_dry()
    reader.run()
    shown = signed_in(story.caller.account).get("/search/", {"q": story.call.title}).content.decode()
    assert story.call.number in shown, "a search that finds nothing for anybody would prove nothing"
    for who, account in strangers.items():
        client = Client() if account is None else signed_in(account)
        for asked_for in (story.call.title, story.call.number):
            there, nowhere = (looked_for(client, path, words) for words in (asked_for, "鲸" * len(asked_for)))
            assert not differing(there, nowhere), who


def looked_for(client: Client, path: str, words: str) -> tuple[object, ...]:
    """What comes back, without the words that were asked for, however they are written in it."""
    answer = client.get(path, {"q": words})
    told_ = masked(answer.content.decode(), "q", words)
    for written in (quote(quote(words)), quote(words), words):
        told_ = told_.replace(written, "·")
    return answer.status_code, told_


@pytest.mark.parametrize(("method", "path", "name"), IN_FORMS)
def test_nor_by_a_form(story: Story, strangers: dict[str, Account | None], method: str, path: str, name: str) -> None:
    story.until("submitted")
    assert story.handler.officer
    there = str({"task": story.task().pk, "officer": story.handler.officer.pk, "edit": story.handler.officer.pk}[name])
    for who, account in strangers.items():
        client = Client() if account is None else signed_in(account)
        answers = []
        for value in (there, "987654321"):
            answer = getattr(client, method)(path, {name: value, "verb": "resume"})
            told_ = masked(answer.headers.get("Location", ""), name, value)
            answers.append((answer.status_code, told_, masked(answer.content.decode(), name, value)))
        assert not differing(*answers), who


def masked(text: str, name: str, value: str) -> str:
    """Without a form's token, and without what was asked for where it is only said again."""
    text = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)
    return without_moments(re.sub(rf"({name}(?:=|%3D)){value}(?!\d)", r"\1·", text))


def test_signing_in_and_looking_up_answer_alike(story: Story, officer: MakeOfficer) -> None:
    known = officer("handler", story.city.department("city.hotline"), password=PASSWORD).account
    pairs = (
        ("/signin/officer/", {"username": known.username, "password": "no"}, {"username": "nobody", "password": "no"}),
        ("/find/", {"number": story.call.number, "secret": "0" * 10}, {"number": NUMBER, "secret": "0" * 10}),
    )
    for path, ours, none in pairs:
        Client().post(path, {**none, "username": "another", "number": "1"})  # the address is counted already
        answers = []
        for given_ in (ours, none):
            with CaptureQueriesContext(connection) as statements:
                answer = Client().post(path, given_)
            body = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode())
            for value in given_.values():
                body = body.replace(str(value), "·")
            answers.append((answer.status_code, body, len(statements)))
        assert not differing(answers[0][:2], answers[1][:2]), path
        assert abs(answers[0][2] - answers[1][2]) <= NEAR, path


def test_a_password_costs_the_same_whether_there_is_such_an_officer(
    story: Story, officer: MakeOfficer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher  # what takes the time, counted here

    known = officer("handler", story.city.department("city.hotline"), password=PASSWORD).account
    hashed: list[str] = []
    real = ScryptPasswordHasher._derive if hasattr(ScryptPasswordHasher, "_derive") else ScryptPasswordHasher.encode
    monkeypatch.setattr(ScryptPasswordHasher, real.__name__, lambda *a, **k: hashed.append("once") or real(*a, **k))
    for name in (known.username, "nobody"):
        hashed.clear()
        Client().post("/signin/officer/", {"username": name, "password": "no"})
        assert hashed == ["once"], name
