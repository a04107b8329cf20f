"""`huying receipt verify FILE --key KEY`: is a receipt good? Offline: no database, no network, no settings."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils.translation import gettext as _

from huying.base import clock
from huying.config.commands.speaking import speak
from huying.events.notes import BadNote, Verifier, parse_key
from huying.events.receipt_check import Finding, Wanted, check

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def receipt() -> None:
    """Receipts."""


@receipt.command()
@click.argument("file", type=_file)
@click.option("--key", "keys", multiple=True, required=True, help="The log's public key, or a file with such keys.")
@click.option("--witness", "witnesses", multiple=True, help="A witness that must have signed: its key, or a file.")
@click.option("--photos", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder with the photos.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON, for machines.")
def verify(file: Path, keys: tuple[str, ...], witnesses: tuple[str, ...], photos: Path | None, as_json: bool) -> None:
    """Check every promise of the receipt in FILE, and name each that is broken.

    Take the key from somewhere else than from whom you doubt: a witness, a newspaper, an older receipt. Ends with 0 when all
    is kept, with 1 when something is broken.
    """
    speak()
    wanted = Wanted(_keys(keys), _keys(witnesses), photos, clock.now())
    findings = check(file.read_bytes(), wanted)
    good = all(finding.kept for finding in findings)
    if as_json:
        told = [{"what": f.what, "kept": f.kept, "how": f.how, **f.detail} for f in findings]
        click.echo(json.dumps({"file": str(file), "good": good, "findings": told}, ensure_ascii=False, indent=2))
    else:
        for line in _lines(findings):
            click.echo(line)
        click.echo(_("这张回执是真的，许下的都做到了。") if good else _("这张回执有问题：标 ✗ 的没有做到，或者被改过。"))
    sys.exit(0 if good else 1)


def _keys(given: Iterable[str]) -> list[Verifier]:
    """Keys as they stand in an option, or in the files it names."""
    found = []
    for text in given:
        try:
            lines = Path(text).read_text(encoding="utf-8").split() if "+" not in text or Path(text).is_file() else [text]
            found += [parse_key(line) for line in lines]
        except (OSError, UnicodeDecodeError, BadNote) as fault:
            raise click.BadParameter(f"{text}: {fault}") from fault
    return found


def _lines(findings: Iterable[Finding]) -> Iterable[str]:
    for finding in findings:
        yield f"{'✓' if finding.kept else '✗'} {_said(finding)}"


def _said(finding: Finding) -> str:
    """A finding in a sentence."""
    return _sentences()[finding.what, finding.how] % finding.detail


def _sentences() -> dict[tuple[str, str], str]:
    return {
        ("form", "canonical"): _("格式：文件完整，写法规范。"),
        ("form", "malformed"): _("格式：文件被改过，或者不是回执（%(why)s）。"),
        ("signature", "signed"): _("签名：承诺由 %(key)s 签出。"),
        ("signature", "forged"): _("签名：承诺的内容和 %(key)s 的签名对不上，被改过。"),
        ("signature", "stranger"): _("签名：签名用的公钥（%(key)s）不是您给的公钥。"),
        ("facts", "committed"): _("记录：记下的事和承诺时的凭据一致。"),
        ("facts", "leaf"): _("记录：%(name)s 和承诺时的凭据（叶子）对不上，被改过。"),
        ("facts", "differ"): _("记录：承诺和记下的事不一致：%(fields)s。"),
        ("content", "hers"): _("内容：文字和照片就是当时收到的。"),
        ("content", "left out"): _("内容：文件里没有放文字，其余照样核验。"),
        ("content", "changed"): _("内容：文字和当时收到的不一样。"),
        ("inclusion", "there"): _("存证：在账本第 %(place)s 条，账本当时共 %(size)s 条。"),
        ("inclusion", "soon"): _("存证：还在一分钟之内，请稍后再下载一次。"),
        ("inclusion", "overdue"): _("存证：答应一分钟内写进账本，这个文件里没有证明。请再下载一次；还没有，这个文件就是凭据。"),
        ("inclusion", "half"): _("存证：证明不完整，被删改过。"),
        ("inclusion", "not there"): _("存证：%(name)s 的证明到不了账本签过的根，被改过。"),
        ("checkpoint", "signed"): _("账本：%(size)s 条时的检查点由账本的公钥签出。"),
        ("checkpoint", "unsigned"): _("账本：检查点的签名对不上，被改过。"),
        ("witness", "signed"): _("见证：%(key)s 在 %(at)s 见证过这个检查点。"),
        ("witness", "forged"): _("见证：%(key)s 的签名对不上，被改过。"),
        ("witness", "absent"): _("见证：没有 %(key)s 的签名。"),
        ("photo", "same"): _("照片：%(sha256)s 一致。"),
        ("photo", "absent"): _("照片：文件夹里没有和 %(sha256)s 一致的照片。"),
        ("answer", "kept"): _("答复：按时，期限是 %(by)s。"),
        ("answer", "late"): _("答复：晚了，期限是 %(by)s。"),
        ("answer", "broken"): _("答复：期限是 %(by)s，到期没有答复。"),
        ("answer", "waiting"): _("答复：答应 %(by)s 前答复，这个文件下载时还没有答复。"),
        ("answer", "none"): _("答复：没有写答复的期限。"),
    }
