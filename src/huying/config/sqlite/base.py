"""Django's SQLite with a queue in front: writers of one process wait in line instead of polling the file.

SQLite lets one writer in at a time, and who waits sleeps in growing steps; under eight writers that left some waiting for
most of a second (docs/decisions/sqlite-writers.md). Writers of other processes still meet at the file.
"""

import threading
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from huying.config.sqlite.moments import Operations

WAIT_SECONDS = 20.0
_writing = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the lock before BEGIN IMMEDIATE and gives it back when the transaction is over, however it ends."""

    ops_class = Operations
    _holds = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_back()  # a commit that fails is followed by a rollback, which gives the lock back
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_back()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_back()

    def _take(self) -> None:
        if not self._holds:
            if not _writing.acquire(timeout=WAIT_SECONDS):
                raise OperationalError("database is locked: another writer of this process has not finished")
            self._holds = True

    def _give_back(self) -> None:
        if self._holds:
            self._holds = False
            _writing.release()
