"""`huying run`, `huying web`, `huying worker`: serve the city, in one process or apart."""

import errno
import os
import signal
import socket
import threading

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from huying.config.environment import BadSetting

BACKLOG = 2048
THREADS = 4


def serve(target: str, host: str, port: int, workers: int = 1) -> None:
    """Serve a WSGI target until a signal ends it. Raises BadSetting when the port is taken."""
    free_port(host, port)
    server = Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        # granian refuses connections past its back-pressure; browsers open six each
        backpressure=BACKLOG,
        backlog=BACKLOG,
        log_enabled=True,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=workers > 1,
    )
    server.serve()


def free_port(host: str, port: int) -> None:
    """Raises BadSetting, with what to do, when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise BadSetting(
                    f"port {port} of {host} is in use by another program. Choose another: --port {port + 1}"
                ) from fault
            raise BadSetting(
                f"{host}:{port} cannot be served from: {fault.strerror}. Choose another with --host and --port"
            ) from fault


_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
_port = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")


@click.command()
@_host
@_port
def run(host: str, port: int) -> None:
    """Serve pages, sequencer and timers in one process (the embedded default)."""
    click.echo(f"呼应 http://{host}:{port}/")
    serve("huying.config.embedded:application", host, port)


@click.command()
@_host
@_port
@click.option(
    "--workers", default=lambda: os.cpu_count() or 1, show_default="one a core", type=click.IntRange(1, 64), help="Processes."
)
def web(host: str, port: int, workers: int) -> None:
    """Serve the pages alone; `huying worker` runs apart."""
    serve("huying.config.wsgi:application", host, port, workers)


@click.command()
def worker() -> None:
    """Run sequencer, timers and readers apart from the pages."""
    # the worker's imports need Django, which is ready only when a command runs
    from huying.config.worker import Worker, tell_beside

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    tell_beside(stop)
    Worker().run(stop)
