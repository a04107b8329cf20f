"""Settings of the world outside: what cannot be used is one line that names it and says what to do."""

from pathlib import Path

import pytest

from huying.config import outside
from huying.config.environment import BadSetting

pytestmark = pytest.mark.once
SECRET = "a secret of sixteen"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE", "ORIGINS", "CA", "TEXTS_URL", "TEXTS_SECRET", "TEXTS_TEMPLATES", "TEXTS_ASKS", "MAIL", "MAIL_FROM"):
        monkeypatch.delenv(f"HUYING_{name}", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"HUYING_{name}", value)


@pytest.mark.parametrize("value", ["huying.example.org", "ftp://huying.example.org", "https://", "https://a.example/?x=1"])
def test_a_site_that_no_link_can_begin_with_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    given(monkeypatch, SITE=value)
    with pytest.raises(BadSetting, match="HUYING_SITE="):
        outside.site()


def test_the_site_is_the_first_origin_where_it_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, ORIGINS="https://huying.example.org,https://b.example")
    assert outside.site() == "https://huying.example.org"
    given(monkeypatch, SITE="https://city.example/")
    assert outside.site() == "https://city.example"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"TEXTS_URL": "http://gateway.example"}, "must begin with https://"),
        ({"TEXTS_URL": "https://gateway.example"}, "HUYING_TEXTS_SECRET"),
        ({"TEXTS_URL": "https://gateway.example", "TEXTS_SECRET": SECRET, "TEXTS_TEMPLATES": "answered"}, "name=id"),
    ],
)
def test_a_gateway_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str) -> None:
    given(monkeypatch, **values)
    with pytest.raises(BadSetting, match=told) as bad:
        outside.texts_gateway(outside.HTTP_TEXTS)
    assert SECRET not in str(bad.value)


def test_the_adapter_without_its_gateway_is_named() -> None:
    with pytest.raises(BadSetting, match="HUYING_TEXTS_URL is not set"):
        outside.texts_gateway(outside.HTTP_TEXTS)
    assert outside.texts_gateway("") is None


def test_a_gateway_with_its_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        TEXTS_URL="https://gateway.example/v1/",
        TEXTS_SECRET=SECRET,
        TEXTS_TEMPLATES="answered=T1, sign-in code=T2",
    )
    found = outside.texts_gateway(outside.HTTP_TEXTS)
    assert found is not None
    assert (found.url, found.templates, found.asks) == (
        "https://gateway.example/v1",
        {"answered": "T1", "sign-in code": "T2"},
        True,
    )
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mail.example", "smtp\\+starttls://user"),
        ("smtp://u:hidden@mail.example", "is for a server on this machine"),
        ("smtps://u:hidden@mail.example:x", "HUYING_MAIL=smtps"),
        ("smtps://u:hidden@mail.example", "HUYING_MAIL_FROM is not set"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    given(monkeypatch, MAIL=url, **({} if "FROM" in told else {"MAIL_FROM": "city@city.example"}))
    with pytest.raises(BadSetting, match=told) as bad:
        outside.mail_server()
    assert "hidden" not in str(bad.value)


def test_a_mail_server_with_its_password_unquoted(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, MAIL="smtp+starttls://city:p%40ss@mail.example", MAIL_FROM="city@city.example")
    found = outside.mail_server()
    assert found is not None
    assert (found.host, found.port, found.user, found.password) == ("mail.example", 587, "city", "p@ss")
    assert "p@ss" not in repr(found)
    assert outside.mail_adapter(found, demo=True) == outside.SMTP_MAIL
    assert (outside.mail_adapter(None, demo=True), outside.mail_adapter(None, demo=False)) == (outside.DEMO_MAIL, "")


def test_authorities_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, CA="/nowhere/ca.pem")
    with pytest.raises(BadSetting, match="HUYING_CA="):
        outside.authorities()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"MODEL_URL": "http://model.example/v1"}, "must begin with https://"),
        ({"MODEL_URL": "https://model.example/v1"}, "HUYING_MODEL_NAME is not set"),
        ({"MODEL_URL": "https://model.example/v1", "MODEL_NAME": "m", "MODEL_SECONDS": "90"}, "1 to 60"),
        ({"MODEL_URL": "https://model.example/v1", "MODEL_NAME": "m", "MODEL_KEY_FILE": "/not/there"}, "cannot be read"),
    ],
)
def test_a_model_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str) -> None:
    given(monkeypatch, **values)
    with pytest.raises(BadSetting, match=told):
        outside.model_server()


def test_no_model_is_attached_unless_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HUYING_MODEL_URL", raising=False)
    assert outside.model_server() is None
    (tmp_path / "key").write_text("a key of ours\n")
    given(monkeypatch, MODEL_URL="https://model.example/v1/", MODEL_NAME="m", MODEL_KEY_FILE=str(tmp_path / "key"))
    server = outside.model_server()
    assert server and (server.url, server.key, server.seconds) == ("https://model.example/v1", "a key of ours", 20)
    assert "a key of ours" not in repr(server)
