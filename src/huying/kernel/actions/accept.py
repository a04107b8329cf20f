"""受理: the city takes a matter up."""

from huying.kernel.events import MatterAccepted
from huying.kernel.models import Matter
from huying.kernel.work import Work, on_matter
from huying.people.actors import Actor


def accept(actor: Actor, matter_id: int, note: str = "") -> Matter:
    """Take the matter up. Raises NotThere, Refused."""
    with on_matter(actor, "accept", matter_id) as work:
        accept_in(work, note)
    return work.matter


def accept_in(work: Work, note: str = "") -> None:
    """Accept within another verb's work, as dispatch does for a matter that is still new."""
    work.move("accept")
    work.tell(MatterAccepted(work.matter.pk, "hand"), note)
