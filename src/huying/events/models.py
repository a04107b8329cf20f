"""The append-only log. Only this app reads or writes these tables; others go through `events.log`."""

from django.db import models

from huying.events.row import Row


class Fact(Row):
    """One thing that happened. On PostgreSQL the table is partitioned by month of `at`."""

    at = models.DateTimeField()
    name = models.CharField(max_length=40)
    schema = models.PositiveSmallIntegerField()  # version of the fact's struct
    subject = models.CharField(max_length=40)  # urn: matter:42
    version = models.PositiveIntegerField()  # of the subject; (subject, version) is unique
    actor = models.CharField(max_length=40)
    body = models.TextField()  # canonical JSON of the struct
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)  # SHA-256 over a zero byte, the salt and the canonical fact

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "version"], name="fact_of_subject")]
        indexes = [models.Index(fields=["actor", "at", "id"], name="facts_of_actor")]  # who did what, the newest first

    def __str__(self) -> str:
        return f"{self.name} {self.subject}.{self.version}"


class FactOrder(Row):
    """The order in which readers see committed facts: without gaps, given by the one sequencer."""

    seq = models.BigIntegerField(primary_key=True)  # from 1 on; the fact's place in the Merkle tree is one less
    fact_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seq}: fact {self.fact_id}"


class Cursor(Row):
    """How far a reader has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.seq}"


class Lease(Row):
    """Who does a thing that only one may do at a time, and until when unless renewed."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    low = models.BigIntegerField(default=0)  # every fact up to this id is numbered or will never come

    def __str__(self) -> str:
        return f"{self.name} held by {self.holder or 'nobody'}"


class Tile(Row):
    """Up to 256 hashes of the log's Merkle tree: `level` 0 holds leaves, each level above the roots of full tiles below."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="tile_place")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"


class Checkpoint(Row):
    """The log's own signature over the tree of its first `size` facts."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    line = models.CharField(max_length=400)  # the signature line of its note

    def __str__(self) -> str:
        return f"checkpoint of {self.size} facts"


class Cosignature(Row):
    """The signature of a witness beside the log's own."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()  # the time the witness signed with
    line = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "name"], name="one_cosignature_a_witness")]

    def __str__(self) -> str:
        return f"{self.name} on {self.checkpoint_id}"
