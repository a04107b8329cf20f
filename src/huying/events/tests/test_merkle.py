"""The tree's roots and proofs: the classic eight leaves of Certificate Transparency, the definition of RFC 6962, and what
must hold for every tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.events import merkle

pytestmark = pytest.mark.once
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
H01, H1 = ROOTS[2], "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
H23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
H4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
H45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
H67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
H4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
# leaf and size, then the proof
INCLUSION = {
    (0, 1): [],
    (0, 8): [H1, H23, H4567],
    (5, 8): [H4, H67, ROOTS[4]],
    (2, 3): [H01],
    (1, 5): [ROOTS[1], H23, H4],
}
CONSISTENCY = {(1, 1): [], (1, 8): [H1, H23, H4567], (6, 8): [H45, H67, ROOTS[4]], (2, 5): [H23, H4]}
CLASSIC = [merkle.leaf_hash(bytes.fromhex(text)) for text in LEAVES]


def node_of(leaves: list[bytes]) -> merkle.Node:
    """Nodes reckoned from all leaves each time; nothing beyond them is there."""

    def node(height: int, index: int) -> bytes:
        found = leaves[index << height : (index + 1) << height]
        assert len(found) == 1 << height
        return merkle.full_root(found)

    return node


def slow_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962, 2.1 writes it, over leaf hashes; shares nothing with the module."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + slow_root(leaves[:k]) + slow_root(leaves[k:])).digest()


def slow_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH as RFC 6962, 2.1.1 writes it."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*slow_path(m, leaves[:k]), slow_root(leaves[k:])]
    return [*slow_path(m - k, leaves[k:]), slow_root(leaves[:k])]


def slow_subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 6962, 2.1.2 writes it."""
    if m == len(leaves):
        return [] if whole else [slow_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*slow_subproof(m, leaves[:k], whole), slow_root(leaves[k:])]
    return [*slow_subproof(m - k, leaves[k:], False), slow_root(leaves[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_classic_leaves_have_their_classic_roots(size: int) -> None:
    assert merkle.root(size, node_of(CLASSIC)).hex() == ROOTS[size]
    grown = merkle.Frontier()
    grown.add(CLASSIC[:size])
    assert grown.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "proof"), INCLUSION.items())
def test_the_classic_leaves_have_their_classic_inclusion_proofs(place: tuple[int, int], proof: list[str]) -> None:
    index, size = place
    found = merkle.inclusion(index, size, node_of(CLASSIC))
    assert [h.hex() for h in found] == proof
    led = merkle.root_of_inclusion(CLASSIC[index], index, size, found)
    assert led is not None and led.hex() == ROOTS[size]


@pytest.mark.parametrize(("sizes", "proof"), CONSISTENCY.items())
def test_the_classic_leaves_have_their_classic_consistency_proofs(sizes: tuple[int, int], proof: list[str]) -> None:
    old, size = sizes
    found = merkle.consistency(old, size, node_of(CLASSIC))
    assert [h.hex() for h in found] == proof
    assert merkle.is_consistent(old, bytes.fromhex(ROOTS[old]), size, bytes.fromhex(ROOTS[size]), found)


def leaves_of(count: int) -> list[bytes]:
    return [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(count)]


@given(st.integers(0, 600))
def test_every_root_is_the_one_of_the_definition(size: int) -> None:
    leaves = leaves_of(size)
    grown = merkle.Frontier()
    grown.add(leaves)
    assert merkle.root(size, node_of(leaves)) == grown.root() == slow_root(leaves)


@given(st.data())
def test_every_inclusion_proof_is_the_one_of_the_definition_and_leads_to_the_root(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    proof = merkle.inclusion(index, size, node_of(leaves))
    assert proof == slow_path(index, leaves)
    assert merkle.root_of_inclusion(leaves[index], index, size, proof) == slow_root(leaves)


@given(st.data())
def test_no_other_leaf_place_or_step_leads_to_the_root(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    top, proof = slow_root(leaves), slow_path(index, leaves)
    other = data.draw(st.integers(0, 200).filter(lambda n: n != index))
    assert merkle.root_of_inclusion(leaves[index], other, size, proof) != top
    assert merkle.root_of_inclusion(b"\0" * 32, index, size, proof) != top
    assert merkle.root_of_inclusion(leaves[index], index, size, [*proof, b"\0" * 32]) != top
    for at in range(len(proof)):
        changed = [bytes([step[0] ^ 1]) + step[1:] if n == at else step for n, step in enumerate(proof)]
        assert merkle.root_of_inclusion(leaves[index], index, size, changed) != top
        assert merkle.root_of_inclusion(leaves[index], index, size, proof[:at]) != top


@given(st.data())
def test_every_consistency_proof_is_the_one_of_the_definition_and_holds(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    old = data.draw(st.integers(1, size))
    leaves = leaves_of(size)
    proof = merkle.consistency(old, size, node_of(leaves))
    assert proof == slow_subproof(old, leaves, True)
    assert merkle.is_consistent(old, slow_root(leaves[:old]), size, slow_root(leaves), proof)


@given(st.data())
def test_a_history_that_was_rewritten_is_never_consistent(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 130))
    old = data.draw(st.integers(1, size))
    leaves = leaves_of(size)
    forged = [*leaves]
    forged[data.draw(st.integers(0, old - 1))] = b"\0" * 32
    proof = merkle.consistency(old, size, node_of(forged))
    assert not merkle.is_consistent(old, slow_root(leaves[:old]), size, slow_root(forged), proof)
    honest = merkle.consistency(old, size, node_of(leaves))
    assert not merkle.is_consistent(old, slow_root(forged[:old]), size, slow_root(leaves), honest)


def test_a_leaf_beyond_the_tree_and_a_longer_past_have_no_proof() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion(8, 8, node_of(CLASSIC))
    with pytest.raises(IndexError):
        merkle.consistency(9, 8, node_of(CLASSIC))
    assert merkle.is_consistent(0, merkle.EMPTY_ROOT, 8, bytes.fromhex(ROOTS[8]), [])
    assert not merkle.is_consistent(9, bytes.fromhex(ROOTS[8]), 8, bytes.fromhex(ROOTS[8]), [])
