"""A promise that was given a later day."""

from huying.kernel.models import Promise


def restart(row: Promise) -> None:
    """What was broken under the old day counts no more. Unsaved."""
    row.broken_at, row.steps, row.step_at, row.spent_at = None, 0, None, None
