"""Django's way to an account, with the officer or party it belongs to in the same query."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from huying.people.models import Account


class AccountBackend(ModelBackend):
    """User name and password against the account; a signed-in account comes with its officer or party."""

    def get_user(self, user_id: Any) -> Account | None:
        account = Account.objects.select_related("officer", "party").filter(pk=user_id).first()
        return account if account is not None and self.user_can_authenticate(account) else None
