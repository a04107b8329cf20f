"""Everything that must hold under things/, in one list."""

from collections.abc import Collection

from huying.city.pack.faults import Faults
from huying.city.pack.things.layout import Catalogue
from huying.city.pack.things.rules_common import Types, check_common
from huying.city.pack.things.rules_fields import check_fields
from huying.city.pack.things.rules_items import check_items
from huying.city.pack.things.rules_offers import check_offers
from huying.city.pack.things.rules_things import check_things

__all__ = ["check_all"]


def check_all(things: Catalogue, types: Types | None, faults: Faults, own: Collection[str] = ()) -> None:
    """Everything under things/. `types`: which types of departments there are at each level; None when that is not known.

    `own`: the keys of the city's departments.
    """
    check_common(things, types, faults, own)
    check_fields(things, faults)
    check_items(things, types, faults)
    check_things(things, faults)
    check_offers(things, faults)
