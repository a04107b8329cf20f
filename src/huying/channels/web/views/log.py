"""账本: the log in public, for people and for who watches it. Addresses follow C2SP tlog-tiles; entries are not served,
for a leaf is a salted commitment whose salt is its caller's alone."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from huying.events import checkpoints, signing, tiles
from huying.events.notes import BadNote

_PLACE = re.compile(r"((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")
_MOST = 64 * 1024


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, who witnessed it, and how anybody can hold the city to it."""
    found = checkpoints.newest()
    witnessed = checkpoints.covering(1)
    context = {
        "checkpoint": found,
        "signed_at": checkpoints.signed_at(found.size) if found else None,
        "witnessed": checkpoints.witnessed(witnessed) if witnessed else [],
        "witnessed_size": witnessed.size if witnessed else 0,
        "keys": [str(key) for key in signing.public_keys()],
        "base": request.build_absolute_uri(),
    }
    return render(request, "web/log.html", context)


@never_cache
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint as a signed note."""
    found = checkpoints.newest()
    if found is None:
        raise Http404
    return _plain(str(found))


@never_cache
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The log's public keys, newest first, one a line."""
    return _plain("".join(f"{public}\n" for public in signing.public_keys()))


@never_cache
@require_safe
def consistency(request: HttpRequest, old: int, size: int) -> HttpResponse:
    """The proof that the tree of `size` only adds to the one of `old`: a hash a line, in hexadecimals."""
    found = checkpoints.newest()
    if found is None or not 0 <= old <= size <= found.size:
        raise Http404
    return _plain("".join(f"{step.hex()}\n" for step in tiles.Tree().consistency(old, size)))


@require_safe
def tile(request: HttpRequest, level: int, place: str) -> HttpResponse:
    """A tile, or its first hashes: `tile/0/x001/234` and `tile/0/x001/234.p/17`."""
    parts = _PLACE.fullmatch(place)
    if parts is None or level > 7 or len(place) > 40:
        raise Http404
    number, width = int(parts[1].replace("x", "").replace("/", "")), int(parts[2] or tiles.WIDTH)
    hashes = tiles.stored(level, number)[: width * 32]
    if _named(number) != parts[1] or width > tiles.WIDTH - bool(parts[2]) or len(hashes) != width * 32:
        raise Http404
    answer = HttpResponse(hashes, content_type="application/octet-stream")
    patch_cache_control(answer, public=True, max_age=86_400, immutable=True)  # tiles only grow: these hashes stay
    return answer


@csrf_exempt  # no cookie gives it weight: a cosignature counts by its key alone
@require_POST
def cosign(request: HttpRequest) -> HttpResponse:
    """Take a checkpoint of ours that a known witness has signed."""
    note = request.read(_MOST + 1)
    try:
        if len(note) > _MOST:
            raise BadNote("too long for a checkpoint")
        taken = checkpoints.take(note.decode())
    except (BadNote, UnicodeDecodeError) as fault:
        return _plain(f"{fault}\n", 400)
    return _plain(f"taken: {', '.join(taken)}\n" if taken else "known already\n")


def _named(number: int) -> str:
    """A tile's number as addresses hold it: 1234067 is x001/x234/067."""
    parts = [f"{number % 1000:03d}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03d}")
    return "/".join(parts)


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
