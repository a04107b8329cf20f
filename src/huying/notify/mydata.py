"""What telling holds about a party: how she wishes to be told, what she was told, and what was sent."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.notify import wishes
from huying.notify.models import Message, Notice, Way, Wish
from huying.people.holdings import Files, Section
from huying.people.models import Party


def held(party: Party) -> list[Section]:
    """Her wish, notices and messages. Raises KeyTrouble."""
    wish = wishes.of(party)
    row = {_("方式"): str(Way(wish.way).label), _("邮箱"): wish.mail, _("不打扰"): f"{wish.quiet_from}–{wish.quiet_to}"}
    notices = Notice.objects.filter(party=party).order_by("-at", "-id")
    messages = Message.objects.filter(party=party).order_by("-made_at", "-id")
    return [
        Section("wish", _("怎么通知您"), [{label: value for label, value in row.items() if value}]),
        Section("notices", _("您收到的消息"), [_notice(notice) for notice in notices]),
        Section("messages", _("发给您的短信和邮件"), [_message(message) for message in messages]),
    ]


def erase(party: Party) -> list[Files]:
    """All of it; a message that has not left stays where it is."""
    Wish.objects.filter(party=party).delete()
    Notice.objects.filter(party=party).delete()
    Message.objects.filter(party=party).delete()
    return []


def _notice(row: Notice) -> dict[str, str]:
    found = {_("时间"): f"{localtime(row.at):%Y-%m-%d %H:%M}", _("查询号"): row.number, _("单位"): row.who}
    return {label: value for label, value in found.items() if value}


def _message(row: Message) -> dict[str, str]:
    when = f"{localtime(row.made_at):%Y-%m-%d %H:%M}"
    return {_("时间"): when, _("方式"): row.get_channel_display(), _("状态"): row.get_state_display()}
