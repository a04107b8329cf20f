"""Everything that must hold under things/, in one list."""

from huying.city.pack.faults import Faults
from huying.city.pack.layout import Pack
from huying.city.pack.things.rules_common import check_common
from huying.city.pack.things.rules_fields import check_fields
from huying.city.pack.things.rules_items import check_items
from huying.city.pack.things.rules_things import check_things

__all__ = ["check_all"]


def check_all(pack: Pack, faults: Faults) -> None:
    """Everything under things/; the proofs over all answers come last, because they need what is sound."""
    check_common(pack, faults)
    check_fields(pack, faults)
    check_items(pack, faults)
    check_things(pack, faults)
