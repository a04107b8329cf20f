"""What must hold of the words that items share: bodies, laws, papers, remedies, events, partners."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.rules import check_days, check_keys
from huying.city.pack.things.layout import Catalogue

Types = dict[str, set[str]]  # types of departments, by level


def check_common(things: Catalogue, types: Types | None, faults: Faults, own: Collection[str] = ()) -> None:
    """Each word once; a body that is a department exists in the pack, and every paper has an issuer that is known.

    No partner has the key of one of the city's `own` departments.
    """
    for table in (*things.common.values(), things.partners):
        check_keys(table.rows, faults)
    check_days(things.partners.rows, faults)
    for row in things.partners.rows:
        if row["key"] in own:
            message = _("“{key}”已经是本市一个部门的 key；外地伙伴的件会落到它手里，请换一个 key").format(key=shown(row["key"]))
            faults.add(row.file, row.at("key"), message)
    if types is not None:
        anywhere = set().union(*types.values())
        for body in things.common["bodies"].rows:
            if body["department"] and body["key"] and body["key"] not in anywhere:
                message = _("哪一级都没有类型为“{type}”的部门{hint}；请改 key 或补上部门").format(
                    type=shown(body["key"]), hint=nearest(body["key"], anywhere)
                )
                faults.add(body.file, body.at("key"), message)
    bodies = things.common["bodies"]
    known = bodies.by_key()
    for material in things.common["materials"].rows:
        if material["issuer"] and material["issuer"] not in known and bodies.known:
            message = _("bodies.yaml 里没有出具单位“{issuer}”{hint}；请先补上").format(
                issuer=shown(material["issuer"]), hint=nearest(material["issuer"], known)
            )
            faults.add(material.file, material.at("issuer"), message)
