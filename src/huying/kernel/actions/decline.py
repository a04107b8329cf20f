"""不予受理、告知转办: the city cannot deal with it. Never without the ground and the way on, which the caller reads."""

import msgspec
from django.utils.translation import gettext as _

from huying.kernel import gaps
from huying.kernel.errors import BadInput
from huying.kernel.events import MatterDeclined, MatterReferred
from huying.kernel.models import Matter
from huying.kernel.stopping import end_matter
from huying.kernel.work import on_matter
from huying.people.actors import Actor

SHORTEST = 5


def decline(actor: Actor, matter_id: int, ground: str, way: str) -> Matter:
    """End a matter that the city may not deal with: `ground` says why, `way` what she can do instead.

    Raises NotThere, Refused (it was accepted already), BadInput.
    """
    return _end(actor, "decline", matter_id, ground, way, MatterDeclined(matter_id))


def refer(actor: Actor, matter_id: int, ground: str, way: str) -> Matter:
    """End a matter that a court, an arbiter or another body must hear: `way` names it and how to reach it.

    Raises NotThere, Refused (somebody bears it already), BadInput.
    """
    return _end(actor, "refer", matter_id, ground, way, MatterReferred(matter_id))


def _end(actor: Actor, verb: str, matter_id: int, ground: str, way: str, fact: msgspec.Struct) -> Matter:
    ground, way = ground.strip(), way.strip()
    errors = {}
    if len(ground) < SHORTEST:
        errors["ground"] = _("请写明依据：哪部法规、哪一条，或者为什么不归政府管。")
    if len(way) < SHORTEST:
        errors["way"] = _("请写明出路：可以找谁、怎么找，来电人照着就能去办。")
    if errors:
        raise BadInput(errors)
    gaps.refuse(ground=ground, way=way)
    with on_matter(actor, verb, matter_id) as work:
        end_matter(work, verb)
        work.tell(fact, f"{ground}\n{way}")
    return work.matter
