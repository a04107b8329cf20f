"""The index of what may be looked for: FTS5 over the table on SQLite, a tsvector with GIN on PostgreSQL."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The text is cut before it comes here; what is left are letters, digits and Han, which unicode61 keeps as they are.
SQLITE = (
    """CREATE VIRTUAL TABLE kernel_search USING fts5(
        pieces, who, content='kernel_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER kernel_document_in AFTER INSERT ON kernel_document BEGIN
        INSERT INTO kernel_search(rowid, pieces, who) VALUES (new.id, new.pieces, new.who);
    END""",
    """CREATE TRIGGER kernel_document_out AFTER DELETE ON kernel_document BEGIN
        INSERT INTO kernel_search(kernel_search, rowid, pieces, who) VALUES ('delete', old.id, old.pieces, old.who);
    END""",
    """CREATE TRIGGER kernel_document_new AFTER UPDATE ON kernel_document BEGIN
        INSERT INTO kernel_search(kernel_search, rowid, pieces, who) VALUES ('delete', old.id, old.pieces, old.who);
        INSERT INTO kernel_search(rowid, pieces, who) VALUES (new.id, new.pieces, new.who);
    END""",
)
POSTGRESQL = (
    "ALTER TABLE kernel_document ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    # without a list of what is pending, which every search would have to walk
    "CREATE INDEX kernel_document_vector ON kernel_document USING gin (vector) WITH (fastupdate = off)",
)


def make_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, None)


def drop_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE kernel_search", None)  # the triggers go with their table
