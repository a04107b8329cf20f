"""The form with which one sets a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

FIELDS = ("old", "new", "again")


def _field(label: Any, complete: str, missing: Any) -> forms.CharField:
    control = forms.PasswordInput({"autocomplete": complete})
    return forms.CharField(label=label, strip=False, max_length=1024, widget=control, error_messages={"required": missing})


class PasswordForm(forms.Form):
    """The present password and the new one, twice."""

    old = _field(gettext_lazy("现在的密码"), "current-password", gettext_lazy("请填写现在的密码。"))
    new = _field(gettext_lazy("新密码"), "new-password", gettext_lazy("请填写新密码。"))
    again = _field(gettext_lazy("再输一遍新密码"), "new-password", gettext_lazy("请把新密码再输一遍。"))
