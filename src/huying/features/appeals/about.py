"""The body complained about, as a caller writes its name. What cannot be found is told, with what she may have meant."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel.rules import DESK_TYPE

OFFERED = 5


def named(text: str) -> Department | None:
    """The department of today with that name, in full or in short; None where there is none, or more than one."""
    name = "".join(text.split())
    if not name:  # most appeals name none: do not look through thousands of bodies for it
        return None
    found = [row for row in city.departments() if name in (row.name, row.short)]
    return found[0] if len(found) == 1 else None


def key_of(text: str) -> str | None:
    """The key of the body that `text` names."""
    found = named(text)
    return found.key if found else None


def fault(text: str) -> str:
    """What is wrong with the name, and what to do; '' when it can be used or nothing was written."""
    name = "".join(text.split())
    if not name:
        return ""
    found = named(name)
    if found is None:
        like = "、".join(_like(name))
        if like:
            return _("没有找到“%(name)s”。您说的是不是：%(like)s？请照全称写，或者不填。") % {"name": name, "like": like}
        return _("没有找到“%(name)s”。请写单位的全称，或者不填、写在上面的内容里。") % {"name": name}
    if found.type == DESK_TYPE:
        # whoever reads every call cannot be kept from one
        return _("这件由热线中心先看，所以投诉热线中心本身不能在这里提，请拨打 12388 或者向市政府办公厅反映。")
    return ""


def _like(name: str) -> list[str]:
    """Names that hold what she wrote, or the most of its letters."""
    names = [row.name for row in city.departments()]
    held = [one for one in names if name in one]
    near = sorted(names, key=lambda one: -len(set(name) & set(one)))
    good = [one for one in near[:OFFERED] if len(set(name) & set(one)) * 2 > len(set(name))]
    return (held or good)[:OFFERED]
