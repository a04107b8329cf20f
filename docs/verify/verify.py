"""Verify a receipt of 呼应, sharing none of its code: python verify.py receipt.json KEY [PHOTO ...]. See README.md."""

import base64
import hashlib
import hmac
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

step = ["form"]  # where it breaks, when it breaks


def need(name, *holds):
    step[0] = name
    if not all(holds):
        raise ValueError


def canonical(value):  # RFC 8785, for what receipts hold
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unhex(text):
    return bytes.fromhex(text) if bytes.fromhex(text).hex() == text else None  # None fails wherever it is used


def key_of(text, kind):  # (name, four bytes of its hash, the key)
    name, head, encoded = text.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    made = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    need(f"key {name}", made.hex() == head, raw[0] == kind, base64.b64encode(raw).decode() == encoded)
    return name, made, Ed25519PublicKey.from_public_bytes(raw[1:])


def blob_of(line, name, head):  # what follows the key's hash in a signature line
    blob = base64.b64decode(line.rsplit(" ", 1)[1], validate=True)
    need(f"signature of {name}", line == f"— {name} {base64.b64encode(blob).decode()}", blob[:4] == head)
    return blob[4:]


def root_from(leaf, index, size, proof):  # RFC 9162, 2.1.3.2
    at, last, found = index, size - 1, leaf
    for one in map(unhex, proof):
        need("inclusion", 0 <= index < size, last > 0)
        left = at & 1 or at == last
        found = hashlib.sha256(b"\x01" + (one + found if left else found + one)).digest()
        while left and not at & 1 and at:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    return base64.b64encode(found).decode() * (last == 0)


def main(file, key_text, *photos):
    receipt = json.loads(Path(file).read_bytes())
    need("form", canonical(receipt) == Path(file).read_bytes(), len(receipt) == 7)
    promise, facts, note = receipt["promise"], receipt["facts"], receipt["checkpoint"]
    name, head, key = key_of(key_text, 1)
    need("signature", receipt["key"] == key_text, promise["log"] == name)
    key.verify(unhex(receipt["signature"]), canonical(promise))
    need("facts", *(sorted(f) == ["fact", "index", "proof", "salt"] for f in facts))
    leaves = [hashlib.sha256(b"\0" + unhex(f["salt"]) + canonical(f["fact"])).digest() for f in facts]
    opened, received = json.loads(facts[0]["fact"]["body"]), datetime.fromisoformat(promise["received_at"])
    need("facts", [leaf.hex() for leaf in leaves[: len(promise["leaves"])]] == promise["leaves"])
    need("received", facts[0]["fact"]["at"] == f"{received.timestamp():.6f}", opened["sort"] == promise["sort"])
    if receipt["content"] is not None:
        words = canonical({**receipt["content"], "photos": promise["photos"]})
        need(
            "content", hmac.new(unhex(facts[0]["salt"]), words, "sha256").hexdigest() == promise["content"] == opened["content"]
        )
    need("photo", *(hashlib.sha256(Path(p).read_bytes()).hexdigest() in promise["photos"] for p in photos))
    bodies = {f["fact"]["name"]: json.loads(f["fact"]["body"]) for f in facts}
    by = promise["answer_by"] and int(datetime.fromisoformat(promise["answer_by"]).timestamp())
    need("day of the answer", not by or bodies["promise.made"]["due"] == by)
    if note is None:  # promised within 60 seconds: download it again then
        proven = [f for f in facts if (f["index"], f["proof"]) != (None, None)]
        need("inclusion", not proven, not receipt["witnesses"], len(facts) == len(promise["leaves"]))
        need("inclusion", (datetime.now(UTC) - received).total_seconds() <= 60)  # that long the log may take
        return print("SIGNED: the proof comes within 60 seconds")
    _name, size, root, _blank, *lines = note.removesuffix("\n").split("\n")
    body = f"{name}\n{size}\n{root}\n"
    need("checkpoint", note == body + "\n" + "".join(f"{line}\n" for line in lines))
    key.verify(blob_of(lines[0], name, head), body.encode())
    for text, line in zip(receipt["witnesses"], lines[1:], strict=True):
        eye, eye_head, eye_key = key_of(text, 4)
        blob = blob_of(line, eye, eye_head)
        eye_key.verify(blob[8:], f"cosignature/v1\ntime {int.from_bytes(blob[:8], 'big')}\n{body}".encode())
    for fact, leaf in zip(facts, leaves, strict=True):
        need("inclusion", root_from(leaf, fact["index"], int(size), fact["proof"]) == root)
    need("answer in time", "promise.broken" not in bodies, not bodies.get("promise.met", {}).get("late"))
    return print(f"GOOD: {promise['number']}, received {promise['received_at']}, fact {facts[0]['index'] + 1} of {size}")


try:
    main(*sys.argv[1:])
except (InvalidSignature, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as fault:
    sys.exit(f"BROKEN: {step[0]} {fault}".rstrip())
