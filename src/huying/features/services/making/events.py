"""What happens to a thing on its way. Words of officers stand in none of them."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("thing.drafted", 1, _("开始做一件事"))
class ThingDrafted(msgspec.Struct, frozen=True):
    draft: int
    owner: str
    base: str  # the thing that it changes; '' for a new one


@declare("thing.sent", 1, _("送各单位同意"))
class ThingSent(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    owner: str
    revision: int
    digest: str  # SHA-256 of the text
    bodies: tuple[str, ...]


@declare("thing.recalled", 1, _("送出后又改，各单位要重新同意"))
class ThingRecalled(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    owner: str
    revision: int


@declare("thing.agreed", 1, _("同意一件事"))
class ThingAgreed(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    body: str
    department: str
    revision: int


@declare("thing.objected", 1, _("不同意一件事"))
class ThingObjected(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    body: str
    department: str
    revision: int


@declare("thing.published", 1, _("发布一件事"))
class ThingPublished(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    owner: str
    revision: int
    version: int  # number of the thing's version
    digest: str  # of the version


@declare("thing.withdrawn", 1, _("撤下一件事的草稿"))
class ThingWithdrawn(msgspec.Struct, frozen=True):
    draft: int
    thing: str
    owner: str
