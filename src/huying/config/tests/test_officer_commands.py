"""`huying officer`, as it is typed."""

import re

import pytest
from click.testing import CliRunner, Result

from huying.config.commands.officers import officer as group
from huying.events import log
from huying.people import factors, handing, officers
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


def handed(output: str) -> str:
    """The password that was printed, once."""
    return re.findall(r"password: (\S+)", output)[0]


def test_a_new_officer_gets_a_password_that_lasts_three_days(small_city: SmallCity) -> None:
    words = ["add", "luo", "--name", "罗科长", "--department", "500106.urban-management", "--role", "handler"]
    done = CliRunner().invoke(group, words)
    assert done.exit_code == 0, done.output
    assert handing.is_handed(officers.sign_in("luo", handed(done.output), "203.0.113.7"))
    again = CliRunner().invoke(group, words)
    assert "already was" in again.output and "password" not in again.output


def test_too_short_a_password_makes_nobody(small_city: SmallCity) -> None:
    words = [
        "add",
        "luo",
        "--name",
        "罗",
        "--department",
        "500106.urban-management",
        "--role",
        "handler",
        "--password",
        "short",
    ]
    done = CliRunner().invoke(group, words)
    assert done.exit_code == 1 and "10 characters" in done.output
    assert not Account.objects.filter(username="luo").exists()


def test_a_reset_password_signs_him_out_and_is_told(account: Account) -> None:
    client = signed_in(account)
    done = CliRunner().invoke(group, ["reset-password", str(account)])
    assert done.exit_code == 0 and client.get("/desk/").status_code == 302
    assert officers.sign_in(str(account), handed(done.output), "203.0.113.7") == account
    assert [(one.name, one.actor) for one in log.history([f"account:{account.pk}"])] == [("password.reset", "system")]


@pytest.mark.parametrize("login", ["citizen", "nobody"])
def test_only_an_officer_s_password_is_reset(login: str) -> None:
    Account.objects.create_user("citizen", None)
    done = CliRunner().invoke(group, ["reset-password", login])
    assert done.exit_code == 1 and "no such officer" in done.output
