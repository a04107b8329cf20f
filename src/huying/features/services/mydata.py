"""What services hold about a party: her cases, drafts, files, and what she agreed to reuse."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import catalogue
from huying.features.services import documents, form, mandates, papers, sealing
from huying.features.services.fetching import decided_of
from huying.features.services.models import Branch, Case, Document, Draft, Fetched, Known, Mandate, Rating, Upload
from huying.features.services.rating import REASONS
from huying.kernel import agents, said
from huying.people.holdings import Files, Section
from huying.people.models import Party


def held(party: Party) -> list[Section]:
    """Each case with its form, each draft, each file, what is reused. Raises KeyTrouble."""
    cases = [_case(case) for case in Case.objects.filter(party=party).select_related("call").order_by("-began_at")]
    drafts = [_draft(draft) for draft in Draft.objects.filter(party=party).order_by("-saved_at")]
    files = [
        {_("文件"): papers.name_of(row), _("什么时候传的"): f"{localtime(row.taken_at):%Y-%m-%d %H:%M}"}
        for row in Upload.objects.filter(party=party).select_related("party").order_by("-taken_at")
    ]
    known = Known.objects.filter(party=party).first()
    reused = [{name: str(value) for name, value in sealing.opened(party, known.sealed).items()}] if known else []
    return [
        Section("cases", _("您申请的事"), cases),
        Section("documents", _("您的证照"), [_document(row) for row in documents.of(party)]),
        Section("ratings", _("您的评价"), [_rating(row) for row in _ratings(party)]),
        Section("mandates", _("授权"), [_mandate(row, party) for row in _mandates(party)]),
        Section("drafts", _("没有填完的表"), drafts),
        Section("papers", _("您传的材料"), files),
        Section("reused", _("您同意下次替您填的"), reused),
    ]


def _case(case: Case) -> dict[str, str]:
    row = {_("查询号"): case.call.number, _("办什么"): case.call.title}
    whole = catalogue.whole(case.version_id)
    values = sealing.opened(case.party, case.sealed)
    for asked in decided_of(case, whole).fields if whole else ():
        if asked.field.name in values:
            row[form.title_of(asked)] = str(values[asked.field.name])
    return row


def _document(row: Document) -> dict[str, str]:
    says = documents.opened(row)
    found = {
        _("编号"): row.number,
        _("证照"): says.get("title", ""),
        _("持有人"): says.get("holder", ""),
        _("内容"): says.get("words", ""),
        _("颁发单位"): row.issuer.name,
        _("颁发日期"): f"{row.issued_on:%Y-%m-%d}",
        _("有效期到"): f"{row.valid_until:%Y-%m-%d}" if row.valid_until else "",
        _("为什么作废"): row.ground,
    }
    return {label: value for label, value in found.items() if value}


def _ratings(party: Party) -> Iterable[Rating]:
    return Rating.objects.filter(case__party=party).select_related("case__call", "branch").order_by("-rated_at")


def _rating(row: Rating) -> dict[str, str]:
    whole, hers = catalogue.whole(row.case.version_id), said.Hers(row.case.call, proven=True)
    name = whole.items[row.branch.item].name.zh if whole and row.branch else row.case.call.title
    found = {
        _("查询号"): row.case.call.number,
        _("办什么"): name,
        _("评分"): str(row.get_grade_display()),
        _("哪里不好"): "、".join(str(REASONS[key]) for key in row.reasons if key in REASONS),
        _("评价"): hers.read(row.text),
        _("查到了什么"): hers.read(row.found),
        _("怎么改"): hers.read(row.follows),
    }
    return {label: value for label, value in found.items() if value}


def _mandates(party: Party) -> Iterable[Mandate]:
    rows = Mandate.objects.filter(Q(giver=party) | Q(holder=party)).select_related("giver", "holder", "window")
    return rows.order_by("-asked_at")


def _mandate(row: Mandate, party: Party) -> dict[str, str]:
    hers = row.giver_id == party.pk
    return {
        _("谁授权"): _("您") if hers else mandates.called(row.giver),
        _("谁代办"): mandates.who(row) if hers else _("您"),
        _("办什么"): mandates.what(row.thing),
        _("怎么同意的"): str(row.get_proof_display()),
        _("到什么时候"): f"{localtime(row.ended_at or row.until):%Y-%m-%d %H:%M}",
    }


def _draft(draft: Draft) -> dict[str, str]:
    row = {_("办什么"): draft.thing, _("什么时候存的"): f"{localtime(draft.saved_at):%Y-%m-%d %H:%M}"}
    return row | {name: str(value) for name, value in sealing.opened(draft.party, draft.sealed).items()}


def erase(party: Party) -> list[Files]:
    """Drafts and what is reused go; what she wrote into cases goes with her key, and so do the files of her papers."""
    shas = set(Upload.objects.filter(party=party).values_list("sha256", flat=True))
    Upload.objects.filter(party=party).delete()
    Draft.objects.filter(Q(party=party) | Q(mandate__holder=party)).delete()
    agents.leave(Case.objects.filter(Q(mandate__giver=party) | Q(mandate__holder=party)).values_list("call_id", flat=True))
    standing = Mandate.objects.filter(Q(giver=party) | Q(holder=party), ended_at__isnull=True)
    standing.update(ended_at=clock.now(), ended_how="erased")
    Known.objects.filter(party=party).delete()
    Case.objects.filter(party=party).update(sealed=None)
    Fetched.objects.filter(case__party=party).update(sealed=None)
    Branch.objects.filter(case__party=party).update(whole=None)
    Document.objects.filter(owner=party).update(sealed=None)  # its salt goes with those of her call
    return [lambda: _remove(party, shas)]


def _remove(party: Party, shas: set[str]) -> None:
    for sha256 in shas:
        papers.remove(party, sha256)
