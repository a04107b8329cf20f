"""E-mail over SMTP, with STARTTLS or TLS from the first byte, and sign-in. Our key is the Message-ID."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

from huying.base import clock
from huying.base.gateway import MailServer
from huying.notify.ports import CannotAsk, Letter, NotDelivered, Refused, Unsure

SECONDS = 10.0  # each wait


class SmtpMail:
    """Fulfils notify.ports.Mail. Raises NotDelivered when no server is set."""

    def __init__(self) -> None:
        server: MailServer | None = settings.MAIL_SERVER
        if server is None:
            raise NotDelivered("HUYING_MAIL is not set")
        self._server, self._domain = server, server.sender.rpartition("@")[2].rstrip(">")
        self._tls = ssl.create_default_context()
        if settings.CA:
            self._tls.load_verify_locations(settings.CA)

    def send(self, letter: Letter) -> str:
        message = self._message(letter)
        session = self._session()
        try:
            self._envelope(session, letter)
            return self._data(session, message)
        finally:
            session.close()  # no QUIT: the letter is taken or not, and its answer could hang

    def ask(self, key: str) -> str | None:
        raise CannotAsk

    def _session(self) -> smtplib.SMTP:
        """Connected, encrypted and signed in. Raises NotDelivered: nothing was handed over yet."""
        server = self._server
        try:
            if server.scheme == "smtps":
                session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=self._tls)
            else:
                session = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
            if server.scheme == "smtp+starttls":
                session.starttls(context=self._tls)
            if server.user:
                session.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as fault:
            raise NotDelivered("the mail server refuses user and password: check HUYING_MAIL", down=True) from fault
        except (OSError, smtplib.SMTPException) as fault:
            raise NotDelivered(f"the mail server cannot be used ({type(fault).__name__})", down=True) from fault
        return session

    def _envelope(self, session: smtplib.SMTP, letter: Letter) -> None:
        """From and to. Raises Refused for an address that will never be taken, NotDelivered for one that may be later."""
        try:
            session.ehlo_or_helo_if_needed()
            for code, _ in (session.mail(self._server.sender), session.rcpt(letter.to)):
                _check(code)
        except (OSError, smtplib.SMTPServerDisconnected) as fault:
            raise NotDelivered(f"the mail server's connection broke ({type(fault).__name__})", down=True) from fault

    def _data(self, session: smtplib.SMTP, message: EmailMessage) -> str:
        try:
            code, answer = session.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as fault:
            _check(fault.smtp_code)
            raise NotDelivered(f"the mail server answers {fault.smtp_code}") from fault
        except (OSError, smtplib.SMTPServerDisconnected) as fault:
            raise Unsure(f"the mail server's connection broke ({type(fault).__name__})", down=True) from fault
        _check(code)
        return answer.decode("ascii", "replace")[:80]

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._server.sender, letter.to, letter.subject
        message["Date"] = format_datetime(clock.local_now())
        message["Message-ID"] = f"<{letter.key}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"  # so that no absence note answers
        message.set_content(letter.text)
        return message


def _check(code: int) -> None:
    """421 and 4xx: not now; 5xx: never. What a server says beside its code may hold the address, so it is left out."""
    if code // 100 == 2:
        return
    if code // 100 == 5:
        raise Refused(f"the mail server refuses it: {code}")
    raise NotDelivered(f"the mail server answers {code}", down=code == 421)
