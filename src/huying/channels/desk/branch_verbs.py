"""The verbs on one branch of a case, as the desk offers them."""

from django.utils.translation import gettext_noop

from huying.channels.desk.forms import YES_NO, VerbForm
from huying.features.services import passing, paying
from huying.kernel import actions

BRANCH_FORMS = (
    VerbForm(
        "send_back_branch",
        gettext_noop("不属于本部门"),
        "n",
        gettext_noop("已退回，等派单员裁定；申请人的时间照算"),
        lambda f: actions.send_back_branch(f.actor, f.task_id, f.text("ground")),
        "desk/forms/send_back_branch.html",
        onward=True,
    ),
    VerbForm(
        "pass_down_branch",
        gettext_noop("交给下级"),
        "p",
        gettext_noop("已交给下级，时间照算"),
        lambda f: passing.pass_down(f.actor, f.task_id, f.number("bearer_id"), f.text("note")),
        "desk/forms/pass_down_branch.html",
        onward=True,
    ),
    VerbForm(
        "adjudicate_branch",
        gettext_noop("裁定归谁办"),
        "y",
        gettext_noop("已裁定，时间照算"),
        lambda f: actions.adjudicate_branch(f.actor, f.task_id, f.number("bearer_id"), f.text("note")),
        "desk/forms/adjudicate_branch.html",
        onward=True,
    ),
    VerbForm(
        "pause_branch",
        gettext_noop("依法停表"),
        "h",
        gettext_noop("已停表，申请人看得到在等什么"),
        lambda f: actions.pause_branch(f.actor, f.task_id, f.text("why"), f.text("ground"), f.day("expected")),
        "desk/forms/pause_branch.html",
    ),
    VerbForm(
        "resume_branch",
        gettext_noop("恢复计时"),
        "h",
        gettext_noop("已恢复计时"),
        lambda f: actions.resume_branch(f.actor, f.task_id, f.text("note")),
        "desk/forms/resume_branch.html",
    ),
    VerbForm(
        "ask_branch_extension",
        gettext_noop("申请延期"),
        "l",
        gettext_noop("已申请延期，等负责人批"),
        lambda f: actions.ask_branch_extension(f.actor, f.task_id, f.count("budget"), f.text("ground")),
        "desk/forms/ask_branch_extension.html",
    ),
    VerbForm(
        "decide_branch_extension",
        gettext_noop("批复延期"),
        "l",
        gettext_noop("已批复"),
        lambda f: actions.decide_branch_extension(f.actor, f.task_id, YES_NO.get(f.text("granted")), f.text("note")),
        "desk/forms/decide_branch_extension.html",
    ),
    VerbForm(
        "take_fee",
        gettext_noop("登记已缴费"),
        "c",
        gettext_noop("已登记，申请人马上有收据"),
        lambda f: paying.record_payment(f.actor, f.task_id, f.text("slip")),
        "desk/forms/take_fee.html",
    ),
    VerbForm(
        "set_fee",
        gettext_noop("改缴费金额"),
        "f",
        gettext_noop("金额改好了，申请人看得到为什么"),
        lambda f: paying.set_fee(f.actor, f.task_id, f.amount("yuan"), f.text("ground")),
        "desk/forms/set_fee.html",
    ),
    VerbForm(
        "return_fee",
        gettext_noop("登记已退费"),
        "c",
        gettext_noop("已登记退费"),
        lambda f: paying.record_return(f.actor, f.task_id, f.text("slip")),
        "desk/forms/take_fee.html",
    ),
)
