"""Whether something stands readable anywhere in the database: every column of every table, the sealed ones too."""

from django.apps import apps
from django.db.models import Model


def standing(*needles: str) -> list[str]:
    """table.column of each place where one of the needles can be read."""
    return sorted({place for model in apps.get_models() for place in _in_table(model, needles)})


def _in_table(model: type[Model], needles: tuple[str, ...]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._default_manager.values_list(*names)
    return [
        f"{model._meta.db_table}.{name}"
        for row in rows
        for name, value in zip(names, row, strict=True)
        if any(needle in _read(value) for needle in needles)
    ]


def _read(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
