"""Passkeys (WebAuthn) as an officer's second factor: enrolled and proved against a challenge that is used once."""

import base64
from dataclasses import dataclass

import webauthn
from django.db import transaction
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from huying.people import factors, private
from huying.people.models import Account, Factor

NAME = "呼应"


@dataclass(frozen=True, slots=True)
class Site:
    """Whom a passkey is for: the host's name, and the origins from which pages of it may ask."""

    host: str
    origins: tuple[str, ...]


def ask_new(account: Account, site: Site, challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=private.mac("passkey", str(account.pk)),
        user_name=str(account),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_known(account),
    )
    return webauthn.options_to_json(options)


def enrol(account: Account, answer: str, challenge: bytes, site: Site, place: str, *, again: bool = False) -> list[str]:
    """Take a passkey up; fresh recovery codes, to be shown once. `again`: whoever asks has proved a factor.

    Raises factors.WrongFactor, factors.HasOne, limits.TooMany.
    """
    with factors.counted(account, place), transaction.atomic():
        factors.lock(account, again=again)
        try:
            made = webauthn.verify_registration_response(
                credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=list(site.origins)
            )
        except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise factors.WrongFactor from fault
        if Factor.objects.filter(credential=made.credential_id).exists():
            raise factors.WrongFactor
        key = base64.b64encode(made.credential_public_key).decode()
        row = Factor(account=account, kind=Factor.Kind.PASSKEY, credential=made.credential_id, counter=made.sign_count)
        return factors.enrolled(factors.sealed(row, key))


def ask_proof(account: Account, site: Site, challenge: bytes) -> str:
    """What the browser needs to prove one of the account's passkeys, as JSON; empty when it has none."""
    known = _known(account)
    if not known:
        return ""
    options = webauthn.generate_authentication_options(rp_id=site.host, challenge=challenge, allow_credentials=known)
    return webauthn.options_to_json(options)


def check(account: Account, answer: str, challenge: bytes, site: Site, place: str) -> None:
    """The signature of one of the account's passkeys over the challenge. Raises factors.WrongFactor, limits.TooMany."""
    with factors.counted(account, place), transaction.atomic():
        factors.lock(account, again=True)
        credential = parsed(answer)
        try:
            row = Factor.objects.get(account=account, kind=Factor.Kind.PASSKEY, credential=credential.raw_id)
            proved = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=site.host,
                expected_origin=list(site.origins),
                credential_public_key=base64.b64decode(factors.unseal(row)),
                credential_current_sign_count=row.counter,
            )
        except (WebAuthnException, Factor.DoesNotExist, ValueError, KeyError, TypeError) as fault:
            raise factors.WrongFactor from fault
        row.counter = proved.new_sign_count
        row.save(update_fields=["counter"])


def parsed(answer: str) -> AuthenticationCredential:
    """The browser's answer as it is read. Raises factors.WrongFactor for whatever is no such answer."""
    try:
        return parse_authentication_credential_json(answer)
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise factors.WrongFactor from fault


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    rows = account.factors.filter(kind=Factor.Kind.PASSKEY).values_list("credential", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(pk)) for pk in rows if pk is not None]
