"""How many examples a property is tried with."""

from django.conf import settings


def tries(many: int) -> int:
    """On PostgreSQL a quarter of `many`: the rules were tried on SQLite, there it is seen that rows are kept alike."""
    postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    return max(1, many // 4) if postgres else many
