"""The form of a receipt file, field by field (`receipts` says what they mean)."""

import msgspec


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Unknown fields are refused: nothing in a receipt stands unchecked."""


class LoggedFact(_Strict, frozen=True):
    """A fact as its commitment binds it."""

    actor: str
    at: str
    body: str
    name: str
    schema: int
    subject: str
    version: int


class ShownFact(_Strict, frozen=True):
    """A fact with what opens its commitment, and its proof."""

    fact: LoggedFact
    index: int | None
    proof: list[str] | None
    salt: str


class Words(_Strict, frozen=True):
    """Her words; her photos are in the promise."""

    place: str
    text: str
    title: str


class Promised(_Strict, frozen=True):
    """What is signed at once."""

    answer_by: str | None
    area: str | None
    bearer: str
    content: str
    kind: str
    leaves: list[str]
    log: str
    number: str
    photos: list[str]
    received_at: str
    sort: str
    type: str


class ReceiptFile(_Strict, frozen=True):
    """The whole file."""

    checkpoint: str | None
    content: Words | None
    facts: list[ShownFact]
    key: str
    promise: Promised
    signature: str
    witnesses: list[str]
