from datetime import date

import pytest

from huying.features.appeals.importing.areas import Areas, Named

pytestmark = pytest.mark.once
DAY, CHANGE = date(2024, 5, 6), date(2025, 11, 6)
AREAS = Areas(
    [
        Named("50", ("重庆市", "重庆"), "city", "", None, None),
        Named("500103", ("渝中区", "渝中"), "district", "50", None, None),
        Named("500105", ("江北区", "江北"), "district", "50", None, CHANGE),
        Named("liangjiang", ("两江新区",), "district", "50", CHANGE, None),
        Named("500103001", ("七星岗街道",), "street", "500103", None, None),
        Named("500105001", ("华新街街道",), "street", "500105", None, CHANGE),
        Named("liangjiang-500105001", ("华新街街道",), "street", "liangjiang", CHANGE, None),
        Named("500103009", ("双龙街道",), "street", "500103", None, None),
        Named("500105009", ("双龙街道",), "street", "500105", None, CHANGE),
    ]
)


@pytest.mark.parametrize(
    ("city", "district", "street", "key", "rest"),
    [
        ("", "渝中区", "", "500103", ""),
        ("", "渝中", "", "500103", ""),
        ("", "重庆市渝中区", "", "500103", ""),
        ("重庆", "渝中区", "", "500103", ""),
        ("", "渝中区", "七星岗街道", "500103001", ""),
        ("", "渝中区七星岗街道", "", "500103001", ""),
        ("", "重庆市-渝中区-七星岗街道", "", "500103001", ""),
        ("", "渝中区", "没有的街道", "500103", "没有的街道"),
        ("", "", "七星岗街道", "500103001", ""),
        ("", "七星岗街道", "", "500103001", ""),
        ("", "", "双龙街道", None, "双龙街道"),
        ("", "仓山区", "", None, "仓山区"),
        ("", "仓山区", "七星岗街道", None, "仓山区 七星岗街道"),
        ("福州市", "渝中区", "", None, "福州市 渝中区"),
        ("", "福州市仓山区", "", None, "福州市仓山区"),
        ("", "江北区外", "", None, "江北区外"),
        ("", "重庆市", "", None, "重庆市"),
        ("", "", "", None, ""),
    ],
)
def test_words_become_an_area_or_stay_words(city: str, district: str, street: str, key: str | None, rest: str) -> None:
    found = AREAS.find((city, district, street), DAY)
    assert (found.key, found.rest) == (key, rest)


@pytest.mark.parametrize(
    ("city", "district", "street", "elsewhere"),
    [
        ("福州市", "渝中区", "", True),
        ("福州市", "", "", True),
        ("", "仓山区", "", True),
        ("", "仓山区", "七星岗街道", True),
        ("重庆市", "", "", False),
        ("", "全市", "", False),
        ("", "", "没有的街道", False),
        ("", "渝中区", "没有的街道", False),
        ("", "", "", False),
    ],
)
def test_another_city_is_told_from_a_place_nobody_named(city: str, district: str, street: str, elsewhere: bool) -> None:
    assert AREAS.find((city, district, street), DAY).elsewhere is elsewhere


def test_a_district_that_is_no_more_counts_for_the_days_it_held() -> None:
    assert AREAS.find(("", "江北区", "华新街街道"), DAY).key == "500105001"
    assert AREAS.find(("", "两江新区", "华新街街道"), CHANGE).key == "liangjiang-500105001"
    assert AREAS.find(("", "", "华新街街道"), CHANGE).key == "liangjiang-500105001"


def test_an_old_name_is_still_understood_later() -> None:
    assert AREAS.find(("", "江北区", ""), CHANGE).key == "500105"
