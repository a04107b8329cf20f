"""Facts of promises and their clocks."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("promise.paused", 1, _("承诺停表"))
class PromisePaused(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    why: str  # caller, outside, supplement, visit, or one of those by law


@declare("promise.resumed", 1, _("承诺恢复计时"))
class PromiseResumed(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    due: int


@declare("promise.extended", 1, _("承诺延期"))
class PromiseExtended(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    budget: int
    due: int


@declare("promise.replanned", 1, _("全部办好的日子改了"))
class PromiseReplanned(msgspec.Struct, frozen=True):
    """What depends on several branches is reckoned anew after one of them moved."""

    matter: int
    task: int | None
    call: int | None
    what: str
    before: int
    due: int


@declare("promise.duty_called", 1, _("夜里的急件，值班的人接着"))
class PromiseDutyCalled(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    officer: str  # officer:17, who is on duty
    department: str  # on whose duty
    step_at: int


@declare("promise.made", 1, _("作出承诺"))
class PromiseMade(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    budget: int
    unit: str
    due: int  # seconds since 1970
    provisional: bool


@declare("promise.met", 1, _("按时兑现"))
class PromiseMet(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    due: int
    late: bool


@declare("promise.dropped", 1, _("承诺随任务结束"))
class PromiseDropped(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str


@declare("promise.broken", 1, _("承诺超期"))
class PromiseBroken(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str  # in whose hands it was
    due: int  # the moment it broke, whenever that was noticed


@declare("promise.reminded", 1, _("催办"))
class PromiseReminded(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # who is told: the bearer
    due: int
    step_at: int  # the moment of this step, whenever it was told


@declare("promise.supervised", 1, _("督办"))
class PromiseSupervised(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # who supervises: the district's centre, or the city's desk
    due: int
    step_at: int


@declare("promise.raised", 1, _("提级"))
class PromiseRaised(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # the next level: the city's desk
    due: int
    step_at: int


@declare("promise.recomputed", 1, _("按公布的日历重算期限"))
class PromiseRecomputed(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    before: int
    due: int
    provisional: bool
