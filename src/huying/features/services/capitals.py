"""大写金额: an amount as Chinese receipts write it. Its characters are the form itself, in whatever language the page is."""

_DIGITS, _PLACES, _GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿")


def capitals(yuan: int) -> str:
    """大写金额 of whole yuan below 10^12, as receipts write it: 壹仟零贰拾元整 (中国人民银行《正确填写票据和结算凭证的基本规定》)."""
    said_, gap = "", False
    for group in (2, 1, 0):
        part = yuan // 10 ** (4 * group) % 10_000
        if part:
            said_ += ("零" if said_ and (gap or part < 1000) else "") + _four(part) + _GROUPS[group]
        gap = not part
    return f"{said_ or _DIGITS[0]}元整"


def _four(part: int) -> str:
    said_, gap = "", False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit:
            said_ += ("零" if said_ and gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return said_
