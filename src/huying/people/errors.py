"""What people's own verbs may answer instead of acting."""


class NotYours(Exception):
    """It does not exist, or it is not yours to do: the two look the same."""


class Wrong(ValueError):
    """What was given cannot be used: `errors` maps each field at fault to what is wrong and what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = errors
