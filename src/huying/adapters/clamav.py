"""ClamAV's daemon over its INSTREAM command: the file goes in pieces with their lengths, its word comes back in one line."""

import socket
import struct

from django.conf import settings

from huying.base.gateway import FileScanner
from huying.features.services.ports import NotDelivered

PIECE = 64 * 1024
MOST_ANSWER = 4096


class ClamAv:
    """Fulfils services.ports.ScansFiles. Raises NotDelivered when no daemon is set."""

    def __init__(self) -> None:
        server: FileScanner | None = settings.SCANNER
        if server is None:
            raise NotDelivered("HUYING_CLAMAV is not set")
        self._server = server

    def scan(self, data: bytes) -> str:
        try:
            with self._connected() as line:
                self._send(line, data)
                return _word(_answer(line))
        except OSError as fault:
            raise NotDelivered(f"clamd cannot be reached ({type(fault).__name__})", down=True) from fault

    def _connected(self) -> socket.socket:
        server = self._server
        if server.port:
            return socket.create_connection((server.host, server.port), timeout=server.seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(server.seconds)
        try:
            line.connect(server.host)
        except OSError:
            line.close()
            raise
        return line

    def _send(self, line: socket.socket, data: bytes) -> None:
        line.sendall(b"zINSTREAM\0")
        try:
            for at in range(0, len(data), PIECE):
                piece = data[at : at + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, and says why in its answer: the file is larger than its limit


def _answer(line: socket.socket) -> str:
    raw = b""
    while not raw.endswith(b"\0") and len(raw) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        raw += piece
    return raw.rstrip(b"\0").decode("utf-8", "replace").strip()


def _word(answer: str) -> str:
    """`stream: OK`, `stream: NAME FOUND`, or what is wrong. Raises NotDelivered."""
    said = answer.partition("stream: ")[2]
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise NotDelivered(f"clamd answers {answer[:120]!r}")
