"""Pictures in forms and on pages: taken up before anything else is judged, so that a form with a fault still has them."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.channels.parts import access, floods
from huying.features.appeals.queries import published_photo
from huying.kernel.models import Photo
from huying.kernel.photos import PhotoRefused, TakenPhoto, stored, take_up, too_large
from huying.kernel.queries import photo_for
from huying.people.limits import TooMany

FILES = "photos"  # the file fields of a form
TOKENS = "photo"  # hidden fields: pictures that were taken up when the form came before
DROPPED = "drop"  # ticked: leave this one out
_SALT = "huying.photo"
_SHA256 = re.compile("[0-9a-f]{64}")
_DAY = 24 * 3600


@dataclass(slots=True)
class Given:
    """The pictures of one form: those taken up, and those refused, each with its name and reason."""

    taken: list[TakenPhoto] = field(default_factory=list)
    refused: list[PhotoRefused] = field(default_factory=list)

    @property
    def tokens(self) -> list[str]:
        """What the form carries so that the pictures need not be sent again."""
        return [token_of(photo) for photo in self.taken]


def given(request: HttpRequest) -> Given:
    """The pictures that came with a form, now or when it came before. Whatever is refused, the rest goes on."""
    dropped = request.POST.getlist(DROPPED)
    out = Given(taken=[p for t in request.POST.getlist(TOKENS) if t not in dropped and (p := of_token(t))])
    files = request.FILES.getlist(FILES)
    try:
        if files:
            floods.photos(request, len(files))
    except TooMany as fault:  # the words of the form are worth more than its pictures: they go on
        out.refused += [PhotoRefused(file.name or _("照片"), floods.photos_words(fault)) for file in files]
        return out
    for tried, file in enumerate(files):
        try:
            _add(out, file, tried)
        except PhotoRefused as refusal:
            out.refused.append(refusal)
    return out


def _add(out: Given, file: UploadedFile, tried: int) -> None:
    """Take one up. Of files that are refused, too, no more than a form's number is opened: each may cost a second."""
    name = file.name or _("照片")
    if max(tried, len(out.taken)) >= settings.PHOTO_MAX_COUNT:
        raise PhotoRefused(name, _("最多 %(n)s 张照片，这张没有收。") % {"n": settings.PHOTO_MAX_COUNT})
    if (file.size or 0) > settings.PHOTO_MAX_BYTES:
        raise PhotoRefused(name, too_large())
    photo = take_up(name, file.read())
    if photo not in out.taken:
        out.taken.append(photo)


def token_of(photo: TakenPhoto) -> str:
    """A picture as a form carries it: signed, so that nobody can claim one by its hash."""
    return signing.dumps([photo.sha256, photo.media_type, photo.size, photo.width, photo.height], salt=_SALT)


def of_token(token: str) -> TakenPhoto | None:
    """The picture of a token of the last day, None for any other."""
    try:
        photo = TakenPhoto(*signing.loads(token, salt=_SALT, max_age=_DAY))
    except (signing.BadSignature, TypeError):
        return None
    return photo if stored(photo.sha256).exists() else None


@require_safe
def show(request: HttpRequest, sha256: str, small: bool = False) -> FileResponse:
    """A picture of a call or an answer, for whom the call is visible; a published answer's for everybody."""
    if not _SHA256.fullmatch(sha256):  # a database may refuse even to look for what no photo is called
        raise Http404
    public = published_photo(sha256)
    photo = public or next((p for actor in access.actors_of(request) if (p := photo_for(actor, sha256))), None)
    if photo is None:
        raise Http404
    return _file(photo, small, "public, max-age=86400" if public else "private, max-age=3600")


@require_safe
def draft(request: HttpRequest, token: str) -> FileResponse:
    """The small version of a picture that was taken up and is not yet part of anything, for who holds its token."""
    photo = of_token(token)
    if photo is None:
        raise Http404
    return _file(photo, True, "private, max-age=3600")


def _file(photo: Photo | TakenPhoto, small: bool, cache: str) -> FileResponse:
    try:
        body = stored(photo.sha256, small).open("rb")
    except FileNotFoundError as fault:
        raise Http404 from fault
    answer = FileResponse(body, content_type=photo.media_type)
    answer.headers["Cache-Control"] = cache
    answer.headers["Content-Disposition"] = f'inline; filename="{photo.sha256[:12]}.{photo.media_type.partition("/")[2]}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
