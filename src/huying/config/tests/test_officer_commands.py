"""`huying officer reset-factor`, as it is typed."""

import pytest
from click.testing import CliRunner, Result

from huying.config.commands.officers import officer as group
from huying.events import log
from huying.people import factors
from huying.people.models import Account, Factor
from tests.people import MakeOfficer, signed_in
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(officer: MakeOfficer, small_city: SmallCity) -> Account:
    account = officer("handler", small_city.department("500106.urban-management")).account
    factors.sealed(Factor(account=account, kind="totp"), factors.new_secret()).save()
    return account


def reset(login: str) -> Result:
    return CliRunner().invoke(group, ["reset-factor", login])


def test_it_takes_the_factor_away_and_the_log_tells_it(account: Account) -> None:
    pk = Factor.objects.get().pk
    done = reset(str(account))
    assert done.exit_code == 0 and "enrols anew" in done.output
    assert not account.factors.exists()
    assert [(told.name, told.actor) for told in log.history([f"factor:{pk}"])] == [("factor.reset", "system")]


def test_a_second_time_there_is_nothing_to_reset(account: Account) -> None:
    reset(str(account))
    again = reset(str(account))
    assert again.exit_code == 1 and "has no second factor" in again.output


def test_only_an_officer_is_reset(account: Account) -> None:
    Account.objects.create_user("citizen", None)
    for login in ("citizen", "nobody"):
        assert reset(login).exit_code == 1 and "no such officer" in reset(login).output
    assert signed_in(account).get("/desk/").status_code == 200
