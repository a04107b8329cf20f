"""What is sealed for one party opens for that party alone; keys are made once and told about plainly."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people import keys, parties, private
from huying.people.models import Party
from huying.people.tests.given import own_keys

__all__ = ["own_keys"]


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    party = parties.anonymous()
    assert private.unseal(party, private.seal(party, text)) == text


@given(st.text(), st.binary(min_size=1, max_size=4), st.data())
def test_a_changed_ciphertext_does_not_open(text: str, flip: bytes, data: st.DataObject) -> None:
    party = parties.anonymous()
    sealed = bytearray(private.seal(party, text))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= flip[0] or 1
    with pytest.raises(private.CannotOpen):
        private.unseal(party, bytes(sealed))


@given(st.text())
def test_another_partys_key_does_not_open_it(text: str) -> None:
    hers, his = parties.anonymous(), parties.anonymous()
    with pytest.raises(private.CannotOpen):
        private.unseal(his, private.seal(hers, text))


def test_a_row_with_a_stolen_data_key_still_does_not_open_it() -> None:
    hers = parties.anonymous()
    thief = Party(data_key=hers.data_key)
    with pytest.raises(private.CannotOpen):
        private.unseal(thief, private.seal(hers, "住在三楼"))


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    party = parties.anonymous()
    assert private.seal(party, "13800138000") != private.seal(party, "13800138000")


def test_every_ciphertext_carries_the_id_of_its_key() -> None:
    party = parties.anonymous()
    assert keys.key_id(private.seal(party, "甲")) == keys.key_id(private.seal(party, "乙"))
    assert keys.key_id(bytes(party.data_key)) == keys.city_key().id
    assert keys.key_id(private.seal(party, "甲")) != keys.city_key().id


def test_destroying_the_data_key_erases_what_was_sealed() -> None:
    party = parties.anonymous()
    sealed = private.seal(party, "甲")
    party.data_key = None
    with pytest.raises(private.Erased):
        private.unseal(party, sealed)
    with pytest.raises(private.Erased):
        private.seal(party, "乙")


@pytest.mark.django_db
def test_a_saved_party_opens_what_it_sealed_before_it_was_saved() -> None:
    party = parties.anonymous()
    sealed = private.seal(party, "甲")
    party.save()
    assert private.unseal(Party.objects.get(pk=party.pk), sealed) == "甲"


def test_phones_are_recognised_and_uses_do_not_mix() -> None:
    assert private.phone_mac("13800138000") == private.phone_mac("13800138000")
    assert private.phone_mac("13800138000") != private.phone_mac("13800138001")
    assert private.mac("address", "13800138000") != private.phone_mac("13800138000")


def test_a_text_for_one_use_does_not_open_for_another() -> None:
    sealed = private.seal_for("sign-in", "13800138000")
    assert private.unseal_for("sign-in", sealed) == "13800138000"
    with pytest.raises(private.CannotOpen):
        private.unseal_for("receipt", sealed)


def test_keys_are_made_once_and_for_their_owner_alone(own_keys: Path) -> None:
    first = keys.city_key().raw
    private.phone_mac("13800138000")
    keys.forget()
    assert keys.city_key().raw == first
    assert sorted(f.name for f in own_keys.iterdir()) == ["city-0001.key", "phone.key"]
    assert all(stat.S_IMODE(f.stat().st_mode) == 0o600 for f in own_keys.iterdir())


def test_of_two_processes_that_make_the_key_at_once_one_wins(own_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    winner = keys.city_key().raw
    keys.forget()
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))  # the loser looked before the winner wrote
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert keys.city_key().raw == winner


def test_a_new_key_wraps_and_the_old_one_still_opens(own_keys: Path) -> None:
    party = parties.anonymous()
    sealed = private.seal(party, "甲")
    old = (own_keys / "city-0001.key").read_bytes()
    (own_keys / "city-0002.key").write_bytes(old[::-1].strip(b"=\n")[:43] + b"=\n")
    keys.forget()
    assert private.unseal(party, sealed) == "甲"
    assert keys.key_id(bytes(parties.anonymous().data_key)) != keys.key_id(bytes(party.data_key))


def test_a_lost_key_is_named_with_what_to_do(own_keys: Path) -> None:
    party = parties.anonymous()
    (own_keys / "city-0001.key").unlink()
    keys.forget()
    with pytest.raises(private.KeyTrouble, match=r"no key with the id [0-9a-f]{8}. Put the file back from the backup"):
        private.seal(party, "甲")


@pytest.mark.parametrize("content", [b"", b"not a key", b"c2hvcnQ="])
def test_a_file_that_is_no_key_is_named(own_keys: Path, content: bytes) -> None:
    own_keys.mkdir()
    (own_keys / "city-0001.key").write_bytes(content)
    with pytest.raises(private.KeyTrouble, match=r"city-0001\.key: is not a key") as told:
        parties.anonymous()
    assert "\n" not in str(told.value)


def test_an_unreadable_key_is_named(own_keys: Path) -> None:
    own_keys.mkdir()
    (own_keys / "city-0001.key").mkdir()  # root reads every file, so a folder stands in for one it may not read
    with pytest.raises(private.KeyTrouble, match=r"city-0001\.key: cannot be read"):
        parties.anonymous()


def test_a_folder_that_cannot_be_made_is_named(own_keys: Path) -> None:
    own_keys.write_text("a file where the folder should be")
    with pytest.raises(private.KeyTrouble, match="cannot be made"):
        parties.anonymous()
