"""What a verb is on the desk's page."""

from collections.abc import Callable
from dataclasses import dataclass

from huying.channels.desk.filled import Filled

YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One verb on the page. `onward` verbs end the officer's part: he goes back to his list."""

    name: str
    label: str
    key: str
    done: str
    carry: Callable[[Filled], object]
    form: str = ""  # template of its fields, '' for a button alone
    onward: bool = False
