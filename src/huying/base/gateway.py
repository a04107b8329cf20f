"""Where messages are handed over: plain settings, which config reads and adapters use."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextsGateway:
    """A gateway for text messages over HTTP. `asks`: it keeps to our keys and says what it has (docs/telling.md)."""

    url: str
    account: str
    secret: str = field(repr=False)
    sign: str = ""  # 短信签名, as it is registered
    templates: Mapping[str, str] = field(default_factory=dict)
    asks: bool = True


@dataclass(frozen=True, slots=True)
class RelayGateway:
    """A relay over HTTP: its numbers stand in for those of callers."""

    url: str
    account: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server: smtp, smtp+starttls or smtps."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True)
class KeyServer:
    """A key service that speaks the transit interface: where, the name of the city's key there, and our token."""

    url: str
    key: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A language model behind an OpenAI-compatible address: where, what it is called there, our key, how long to wait."""

    url: str
    name: str
    key: str = field(repr=False)
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class FileScanner:
    """A clamd: host and port, or the path of its socket and port 0; how long to wait for its word on one file."""

    host: str
    port: int
    seconds: float = 20.0
