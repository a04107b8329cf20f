"""What a verb may answer instead of acting."""


class NotThere(Exception):
    """It does not exist, or it is not yours: the two look the same."""


class Refused(Exception):
    """The move is not allowed now. `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BadInput(ValueError):
    """What was given cannot be used: `errors` maps each field at fault to what is wrong and what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = errors
