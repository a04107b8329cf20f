"""What the environment says of the world outside: the gateway for text messages, the mail server, our own address.

A setting that cannot be used is told in one line before anything starts.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from huying.base.gateway import FileScanner, KeyServer, MailServer, ModelServer, RelayGateway, TextsGateway
from huying.config import environment
from huying.config.environment import BadSetting

HTTP_TEXTS = "huying.adapters.http_texts.HttpTexts"
HTTP_RELAY = "huying.adapters.http_relay.HttpRelay"
SMTP_MAIL = "huying.adapters.smtp_mail.SmtpMail"
TRANSIT_KEYS = "huying.adapters.transit_keys.TransitKeys"
OPENAI_MODEL = "huying.adapters.openai_model.OpenAiModel"
CLAMAV = "huying.adapters.clamav.ClamAv"
FILE_REGISTERS = "huying.adapters.file_registers.FileRegisters"
FILE_PEOPLE = "huying.adapters.file_people.FilePeople"
DEMO_MAIL = "huying.adapters.demo_mail.DemoMail"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def site() -> str:
    """HUYING_SITE without a slash at its end; without it the first of HUYING_ORIGINS, else this machine."""
    value = os.environ.get("HUYING_SITE") or os.environ.get("HUYING_ORIGINS", "").split(",")[0].strip()
    value = value.rstrip("/") or "http://127.0.0.1:8000"
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(f"HUYING_SITE={value}: write how the portal is called from outside, https://huying.example.org")
    return value


def https(site: str) -> bool:
    """Whether people come over https: HUYING_HTTPS, else what HUYING_SITE says. Then no cookie leaves unencrypted."""
    value = os.environ.get("HUYING_HTTPS", "").lower()
    if value not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise BadSetting(f"HUYING_HTTPS={value}: write 1 (people come over https) or 0")
    return value in {"1", "yes", "true"} if value else site.startswith("https://")


def authorities() -> str:
    """HUYING_CA: a file of certificates in PEM that are trusted beside the system's, '' for none."""
    value = os.environ.get("HUYING_CA", "")
    if value and not Path(value).is_file():
        raise BadSetting(f"HUYING_CA={value}: is not there. Name a file of certificates in PEM")
    return value


def texts_gateway(adapter: str) -> TextsGateway | None:
    """The gateway of HUYING_TEXTS_URL, _ID, _SECRET, _SIGN, _TEMPLATES, _ASKS; None when no URL is given."""
    url = os.environ.get("HUYING_TEXTS_URL", "").rstrip("/")
    if not url:
        if adapter == HTTP_TEXTS:
            raise BadSetting("HUYING_TEXTS_URL is not set: HttpTexts needs the address of the gateway for text messages")
        return None
    parts = urlsplit(url)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise BadSetting(f"HUYING_TEXTS_URL={url}: must begin with https:// (http:// on this machine alone)")
    secret = os.environ.get("HUYING_TEXTS_SECRET", "")
    if len(secret) < 16:
        raise BadSetting(
            "HUYING_TEXTS_SECRET: must have at least 16 characters; it signs what goes to the gateway and comes back"
        )
    asks = os.environ.get("HUYING_TEXTS_ASKS", "1").lower() in {"1", "true", "yes"}
    sign = os.environ.get("HUYING_TEXTS_SIGN", "")
    return TextsGateway(url, os.environ.get("HUYING_TEXTS_ID", "huying"), secret, sign, _templates(), asks)


def relay_gateway(adapter: str) -> RelayGateway | None:
    """The relay of HUYING_RELAY_URL, _ID, _SECRET; None when no URL is given."""
    url = os.environ.get("HUYING_RELAY_URL", "").rstrip("/")
    if not url:
        if adapter == HTTP_RELAY:
            raise BadSetting("HUYING_RELAY_URL is not set: HttpRelay needs the address of the relay")
        return None
    parts = urlsplit(url)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise BadSetting(f"HUYING_RELAY_URL={url}: must begin with https:// (http:// on this machine alone)")
    secret = os.environ.get("HUYING_RELAY_SECRET", "")
    if len(secret) < 16:
        raise BadSetting(
            "HUYING_RELAY_SECRET: must have at least 16 characters; it signs what goes to the relay and comes back"
        )
    return RelayGateway(url, os.environ.get("HUYING_RELAY_ID", "huying"), secret)


def _templates() -> dict[str, str]:
    """HUYING_TEXTS_TEMPLATES: our name=the provider's id, with commas. What is not named goes under our own name."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in os.environ.get("HUYING_TEXTS_TEMPLATES", "").split(","))):
        name, equals, theirs = pair.partition("=")
        if not (equals and name.strip() and theirs.strip()):
            raise BadSetting(f"HUYING_TEXTS_TEMPLATES: {pair!r} is not name=id. `huying notify templates` lists the names")
        found[name.strip()] = theirs.strip()
    return found


def mail_server() -> MailServer | None:
    """The server of HUYING_MAIL and the sender of HUYING_MAIL_FROM; None when no mail is sent."""
    url, sender = os.environ.get("HUYING_MAIL", ""), os.environ.get("HUYING_MAIL_FROM", "")
    if not url:
        return None
    parts = urlsplit(url)
    told = f"HUYING_MAIL={parts.scheme}://…@{parts.hostname}"  # without the password
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise BadSetting(f"{told}: write smtp+starttls://user:password@host:587 or smtps://user:password@host:465")
    if parts.scheme == "smtp" and parts.hostname not in _LOOPBACK:
        raise BadSetting(f"{told}: smtp:// is for a server on this machine; write smtp+starttls:// or smtps://")
    if "@" not in sender:
        raise BadSetting("HUYING_MAIL_FROM is not set: name the address that letters come from, city@example.org")
    try:
        port = parts.port or _MAIL_PORTS[parts.scheme]
    except ValueError as fault:
        raise BadSetting(f"{told}: {fault}") from fault
    return MailServer(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), sender)


def mail_adapter(server: MailServer | None, demo: bool) -> str:
    """The dotted path of the adapter that sends mail; '' when there is none."""
    return SMTP_MAIL if server else DEMO_MAIL if demo else ""


def model_server() -> ModelServer | None:
    """The language model of HUYING_MODEL_URL, _NAME, _KEY or _KEY_FILE, _SECONDS; None where the city has attached none."""
    url = os.environ.get("HUYING_MODEL_URL", "").rstrip("/")
    if not url:
        return None
    parts = urlsplit(url)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise BadSetting(f"HUYING_MODEL_URL={url}: must begin with https:// (http:// on this machine alone)")
    name = os.environ.get("HUYING_MODEL_NAME", "")
    if not name:
        raise BadSetting("HUYING_MODEL_NAME is not set: say what the model is called at that address")
    seconds = environment.count("HUYING_MODEL_SECONDS", 20)
    if not 1 <= seconds <= 60:
        raise BadSetting(f"HUYING_MODEL_SECONDS={seconds}: must be 1 to 60; a page waits for it")
    return ModelServer(url, name, _secret("HUYING_MODEL_KEY", "HUYING_MODEL_KEY_FILE"), float(seconds))


def _secret(name: str, in_file: str) -> str:
    """The variable itself, or what the file that the other one names holds; '' for neither. Raises BadSetting."""
    value, file = os.environ.get(name, ""), os.environ.get(in_file, "")
    if value or not file:
        return value
    try:
        return Path(file).read_text().strip()
    except OSError as fault:
        raise BadSetting(f"{in_file}={file}: cannot be read ({fault.strerror})") from fault


def scanner() -> FileScanner | None:
    """The clamd of HUYING_CLAMAV (host:port, or the path of its socket) and HUYING_CLAMAV_SECONDS; None for none."""
    value = os.environ.get("HUYING_CLAMAV", "").strip()
    if not value:
        return None
    seconds = environment.count("HUYING_CLAMAV_SECONDS", 20)
    if value.startswith("/"):
        return FileScanner(value, 0, float(seconds))
    host, _colon, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting(f"HUYING_CLAMAV={value}: write host:3310, or the path of clamd's socket, /run/clamav/clamd.ctl")
    return FileScanner(host.strip("[]"), int(port), float(seconds))


def register_folder(demo: Path | None) -> Path | None:
    """HUYING_REGISTERS: a folder with a file of each paper that the city holds; the demo has one of its own. None for none."""
    value = os.environ.get("HUYING_REGISTERS", "")
    if not value:
        return demo
    if not Path(value).is_dir():
        raise BadSetting(f"HUYING_REGISTERS={value}: is no folder. Name the one that holds the registers")
    return Path(value)


def people_file(demo: Path | None) -> Path | None:
    """HUYING_PEOPLE: the register of people, a person a line; the demo makes one of its own. None for none."""
    value = os.environ.get("HUYING_PEOPLE", "")
    if not value:
        return demo
    if not Path(value).is_file():
        raise BadSetting(f"HUYING_PEOPLE={value}: is no file. Name the register of people, a person a line in JSON")
    return Path(value)


def key_server() -> KeyServer | None:
    """The key service of HUYING_KMS_URL, _KEY, _TOKEN or _TOKEN_FILE; None where the city's key lies in files."""
    url = os.environ.get("HUYING_KMS_URL", "").rstrip("/")
    if not url:
        return None
    parts = urlsplit(url)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise BadSetting(f"HUYING_KMS_URL={url}: must begin with https:// (http:// on this machine alone)")
    token = _secret("HUYING_KMS_TOKEN", "HUYING_KMS_TOKEN_FILE")
    if not token:
        raise BadSetting("HUYING_KMS_TOKEN_FILE is not set: name the file with the token of the key service")
    return KeyServer(url, os.environ.get("HUYING_KMS_KEY", "huying"), token)
