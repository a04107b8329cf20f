"""Whether people come over https: said by the site's own name, or outright."""

import pytest

from huying.config import outside
from huying.config.environment import BadSetting

pytestmark = pytest.mark.once
SITE = "https://huying.example.org"


@pytest.mark.parametrize(
    ("site", "said", "found"),
    [
        (SITE, "", True),
        ("http://127.0.0.1:8000", "", False),
        ("http://127.0.0.1:8000", "1", True),
        (SITE, "0", False),
        (SITE, "No", False),
    ],
)
def test_the_name_of_the_site_tells_and_the_setting_decides(
    monkeypatch: pytest.MonkeyPatch, site: str, said: str, found: bool
) -> None:
    monkeypatch.setenv("HUYING_HTTPS", said)
    assert outside.https(site) is found


def test_what_is_neither_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_HTTPS", "maybe")
    with pytest.raises(BadSetting, match="HUYING_HTTPS=maybe"):
        outside.https(SITE)
