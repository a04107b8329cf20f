"""`huying demo`: a whole city to try, with a week of calls in every state. What `make run` starts."""

import errno
import ipaddress
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from huying.config.commands.run import free_port, serve
from huying.config.environment import BadSetting


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder for everything written (HUYING_DATA).")
@click.option("--no-serve", is_flag=True, help="Make the data and end.")
def demo(host: str, port: int, data: Path | None, no_serve: bool) -> None:
    """Make a believable week of calls (once; a second start keeps all), say how to try it, and serve."""
    _environment(host, port, data)
    if no_serve:
        _make(host, port)
        return
    free_port(host, port)
    _ready(migrate=False)  # once for both; the database is asked by the other alone
    _apart(host, port)
    serve("huying.config.embedded:application", host, port)


def _apart(host: str, port: int) -> None:
    """Make the city in a process of its own: what serves for days does not hold what making it took (70 MB)."""
    child = os.fork()
    if not child:
        _make(host, port)
        sys.stdout.flush()
        os._exit(0)  # a fault goes up to the command, which tells it and ends this process; nothing else is to be done
    before = signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    try:
        _, status = os.waitpid(child, 0)
    except KeyboardInterrupt:
        os.waitpid(child, 0)  # it was interrupted with this one
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(code if code > 0 else 128 - code)


def _make(host: str, port: int) -> None:
    _ready(migrate=True)
    with _one_line():
        _begin(host, port)


def _ready(migrate: bool) -> None:
    # Django reads the environment when it is set up, so it must not be touched before
    from huying.config import setup

    setup.ready(migrate=migrate)


def _begin(host: str, port: int) -> None:
    """Make what is not made yet, and print how to try it."""
    # only now are there settings and models
    from django.conf import settings

    from huying.config.demo import make, told

    click.echo(told.BEGUN)
    week = make.make(settings.PACK)
    if week is not None:
        click.echo(told.READY.format(calls=week.calls, verbs=week.verbs))
    click.echo("\n" + told.told(settings.PACK, told.address(host, port)))


def _environment(host: str, port: int, data: Path | None) -> None:
    """What the settings read, also in the server's own process."""
    os.environ["HUYING_DEMO"] = "1"
    if data is not None:
        os.environ["HUYING_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
    everywhere = host == "0.0.0.0"  # nosec B104  # compared, not bound to
    os.environ.setdefault("HUYING_SITE", f"http://{'127.0.0.1' if _loopback(host) or everywhere else host}:{port}")
    if not _loopback(host):
        os.environ.setdefault("HUYING_HOSTS", "*")  # served to others on purpose, under whatever name they know it by


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _one_line() -> Iterator[None]:
    """A disk that is full or a database that fails becomes one line that says where and what to do. Nothing is half-made."""
    # only now are there settings and models
    from django.conf import settings
    from django.db import DatabaseError

    from huying.kernel.photos import PhotoRefused

    try:
        yield
    except (DatabaseError, PhotoRefused, OSError) as fault:
        detail = " ".join(str(fault).split())
        full = "full" in detail or getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        todo = (
            "the disk is full: free some space, or name another folder with --data"
            if full
            else "try another folder with --data"
        )
        raise BadSetting(
            f"{settings.DATA}: the demo's data could not be made ({detail}). {todo[0].upper()}{todo[1:]}"
        ) from fault
