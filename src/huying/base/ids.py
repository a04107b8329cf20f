"""Public numbers that can be spoken and cannot be guessed, and the secrets that go with them."""

import secrets

# Damm's quasigroup (H. M. Damm, 2004): finds every wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
NUMBER_DIGITS = 12
# Without letters and digits that look or sound alike: 0/o, 1/l/i, u/v.
SECRET_LETTERS = "23456789abcdefghjkmnpqrstwxyz"  # nosec B105  # the letters of one
SECRET_LENGTH = 10


def check_digit(digits: str) -> str:
    """The Damm check digit of `digits`."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def new_number() -> str:
    """A public number: 11 random digits, the first never 0, and their check digit."""
    body = str(secrets.randbelow(9) + 1) + f"{secrets.randbelow(10**10):010d}"
    return body + check_digit(body)


def number_is_sound(number: str) -> bool:
    """Whether `number` is 12 digits whose check digit agrees. Spaces and hyphens should be removed before."""
    return len(number) == NUMBER_DIGITS and number.isascii() and number.isdigit() and check_digit(number[:-1]) == number[-1]


def spoken(number: str) -> str:
    """The number in groups of four, as it is read out and printed: `4821 9037 5516`."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def plain_number(text: str) -> str:
    """What a person typed as a number, without spaces, hyphens and full-width forms."""
    folded = text.translate({ord("０") + i: str(i) for i in range(10)})
    return "".join(c for c in folded if c.isdigit())


def new_secret() -> str:
    """A secret of 10 letters and digits (about 48 bits) that goes with a public number."""
    return "".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH))


def new_token() -> str:
    """A random id of 16 hexadecimal characters, under which a party appears in facts."""
    return secrets.token_hex(8)
