"""What is looked for: one row a document, kept by a reader of the log. Fields and constraints, nothing else."""

from django.db import models

from huying.events.row import Row


class Document(Row):
    """A call, a published answer or a duty as the index has it.

    `pieces` is its text cut by reading.terms. `who` narrows the search to those who may see it (kernel/search/scopes.py);
    whether one of them may is asked of the rules, each time. Beside this table stand a full-text table on SQLite and a
    column with its index on PostgreSQL.
    """

    urn = models.CharField(max_length=80, unique=True)
    pieces = models.TextField()
    who = models.TextField()

    def __str__(self) -> str:
        return self.urn
