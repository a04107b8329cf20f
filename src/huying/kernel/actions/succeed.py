"""接续: after a change of bodies or places, a matter's open tasks go on with who took over."""

from huying.kernel.models import Matter
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def succeed(actor: Actor, matter_id: int) -> Matter:
    """Done by the system alone, for one matter; `timers.succeed` does it for all that wait. Twice is the same as once.

    Locking the matter does it: whoever locks one tells first what has happened by itself (`kernel.succession`).
    Raises NotThere, Refused (an officer).
    """
    with on_matter(actor, "succeed", matter_id) as work:
        pass
    return work.matter
