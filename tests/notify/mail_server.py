"""A mail server as a process: SMTP with STARTTLS and sign-in, which keeps what it takes in a file and can be told to fail.

    python tests/notify/mail_server.py PORT CERT FOLDER

`FOLDER/mode` says how the next letter goes: refuse-address, busy, drop-after-data, drop-before-data, or nothing.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = b"huying", b"a mail password: %40"


class Box:
    """Keeps letters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mode(self) -> str:
        """How this letter goes; it holds once."""
        file = self.folder / "mode"
        found = file.read_text() if file.exists() else ""
        file.unlink(missing_ok=True)
        return found

    async def handle_RCPT(  # noqa: N802  (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        mode = self.mode()
        if mode == "refuse-address":
            return "550 5.1.1 no such user " + address
        if mode == "busy":
            return "451 4.3.0 later"
        if mode == "drop-before-data":
            server.transport.close()
        session.mode = mode  # type: ignore[attr-defined]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802  (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        letter = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        row = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "tls": session.ssl is not None}
        row |= {name.lower(): str(letter[name]) for name in ("Subject", "Message-ID", "From")}
        row["text"] = letter.get_content().replace("\r\n", "\n")
        with (self.folder / "letters.jsonl").open("a") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        if getattr(session, "mode", "") == "drop-after-data":
            server.transport.close()
        return "250 kept"


def signed_in(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    fits = isinstance(data, LoginPassword) and data.login == USER and data.password == PASSWORD
    return AuthResult(success=fits, handled=False)


async def serve(port: int, cert: str, folder: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert)
    box = Box(folder)

    def session() -> SMTP:
        return SMTP(
            box, tls_context=context, require_starttls=True, auth_required=True, authenticator=signed_in, hostname="localhost"
        )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
