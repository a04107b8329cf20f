"""CPU time of this process and of the database that serves it."""

import os
import time
from functools import cache
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """CPU seconds until now, of this process and of the server's for this connection, parallel workers that ended included."""
    return time.process_time() + server()


def server() -> float:
    """CPU seconds of the server for this connection alone; 0 on SQLite, which is within this process.

    The backend's own in nanoseconds; that of parallel workers in ticks of the clock, from what the postmaster has reaped.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    backend = _backend()
    own = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
    postmaster = _stat(int(_stat(backend)[1]))
    return own + (int(postmaster[13]) + int(postmaster[14])) / TICKS


@cache
def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat from its third field (the state) on, so that the parent is [1] and the children's time [13] and [14]."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
