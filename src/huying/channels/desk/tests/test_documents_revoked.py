"""The head of the issuing department takes a document back on the desk; for anybody else it is not there."""

import pytest
from django.test import Client

from huying.features.services.deciding import Decision
from huying.features.services.models import Document
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.people.actors import Actor
from tests.people import signed_in
from tests.small_things import CERTIFICATE, REGISTRATION

__all__ = ["_own_store", "case"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def document(case: Birth) -> Document:
    case.open().written(CERTIFICATE, Decision("granted", "编号 Y1")).granted_only(CERTIFICATE)
    return Document.objects.get()


def desk(actor: Actor) -> Client:
    assert actor.officer
    return signed_in(actor.officer.account)


def test_found_by_its_number_it_is_replaced(case: Birth, document: Document) -> None:
    head = desk(case.officer(CERTIFICATE, "head"))
    page = head.get("/desk/documents/", {"number": f"{document.number[:4]} {document.number[4:]}"}).content.decode()
    assert "编号 Y1" in page and "出生医学证明" in page
    bad = head.post(f"/desk/documents/{document.number}/revoke/", {"ground": "错", "words": "编号 Y2"})
    assert bad.status_code == 422 and "编号 Y2" in bad.content.decode() and Document.objects.count() == 1
    head.post(f"/desk/documents/{document.number}/revoke/", {"ground": "编号写错了一位", "words": "编号 Y2"})
    assert Document.objects.get(revoked_at=None).replaces == document
    assert "已作废" in head.get("/desk/documents/", {"number": document.number}).content.decode()


@pytest.mark.parametrize(("item", "role"), [(CERTIFICATE, "handler"), (REGISTRATION, "head")])
def test_for_anybody_else_it_is_not_there(case: Birth, document: Document, item: str, role: str) -> None:
    other = desk(case.officer(item, role))
    assert "编号 Y1" not in other.get("/desk/documents/", {"number": document.number}).content.decode()
    assert other.post(f"/desk/documents/{document.number}/revoke/", {"ground": "内容写错了"}).status_code == 404
    assert Document.objects.get().revoked_at is None
