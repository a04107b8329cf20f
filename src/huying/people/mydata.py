"""What this app holds about a party: who she is, and what she agreed to."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.people import parties
from huying.people.holdings import Files, Section
from huying.people.models import Party, SignInCode


def held(party: Party) -> list[Section]:
    """Her profile. Raises KeyTrouble."""
    row = {
        _("姓名"): parties.name_of(party) or "",
        _("手机号"): parties.phone_of(party) or "",
        _("通信地址"): parties.address_of(party) or "",
        _("类别"): party.get_kind_display(),
        _("随机编号"): party.token,
        _("开始记录"): f"{localtime(party.made_at):%Y-%m-%d %H:%M}",
    }
    beyond = _("同意") if party.contact_beyond else _("已撤回")
    return [
        Section("profile", _("您是谁"), [{label: value for label, value in row.items() if value}]),
        Section("consent", _("您同意的"), [{_("办件以外的联系（如满意度调查）"): beyond}]),
    ]


def erase(party: Party) -> list[Files]:
    """Codes that were sent to her phone; the rest goes with her row's columns."""
    if party.phone_mac is not None:
        SignInCode.objects.filter(phone_mac=party.phone_mac).delete()
    return []
