"""The words for where a matter, a call, a task and a response stand. Fields and constraints, nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatterState(models.TextChoices):
    RECEIVED = "received", _("已收到")
    ACCEPTED = "accepted", _("已受理")
    WORKING = "working", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")
    DECLINED = "declined", _("不予受理")
    REFERRED = "referred", _("告知转办")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并案")
    CONCLUDED = "concluded", _("已终结")


class TaskState(models.TextChoices):
    GIVEN = "given", _("待签收")
    SIGNED = "signed", _("已签收")
    PASSED = "passed", _("已交办")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回重办")
    SENT_BACK = "sent_back", _("退单待裁")
    DONE = "done", _("已办好")
    CANCELLED = "cancelled", _("已取消")


OPEN_TASK = (TaskState.GIVEN, TaskState.SIGNED, TaskState.PASSED, TaskState.SUBMITTED, TaskState.RETURNED, TaskState.SENT_BACK)


class TaskRole(models.TextChoices):
    LEAD = "lead", _("主办")
    ASSIST = "assist", _("协办")
    BRANCH = "branch", _("承办")  # one of several borne side by side, each decided by itself


class Openness(models.TextChoices):
    NAMED = "named", _("实名")
    CONFIDENTIAL = "confidential", _("保密")
    ANONYMOUS = "anonymous", _("匿名")


class CallState(models.TextChoices):
    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")
    ENDED = "ended", _("已终止")  # declined, referred, withdrawn


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("草拟")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回")
    APPROVED = "approved", _("已答复")
