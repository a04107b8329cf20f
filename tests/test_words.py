"""Everything a person reads goes through gettext and has English beside it; nothing of one machine stands anywhere."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.apps import apps

from tools import texts
from tools.guards import words
from tools.guards.tree import ROOT

pytestmark = pytest.mark.once

# Chinese that is read by the machine or stands for data, not said to a person; each file with its reason.
READ_NOT_SAID = {
    "reading": "patterns and words by which messages are read",
    "people/cutting": "patterns by which identifiers are found in what people write",
    "features/appeals/importing_columns.py": "the names by which columns of other systems are known",
    "adapters/openai_model.py": "what is said to a language model",
    "kernel/adviser.py": "what stands for what was masked, read by a language model",
    "features/services/capitals.py": "an amount as receipts must write it, in any language",
    "config/demo": "the demo's own story, in Chinese as its people would write it",
}


# English that fills other blanks than the Chinese does, and why.
OTHER_BLANKS = {
    "%(month)s 月 %(day)s 日": "English names the month",
    "%(year)s 年 %(month)s 月 %(day)s 日": "English names the month",
    "收到%(you)s的诉求": "English does not say whose",
}


def told(found: list) -> str:  # type: ignore[type-arg]
    return "\n".join(map(str, found))


# --- Two languages ----------------------------------------------------------------------------------------------------


def test_no_chinese_passes_gettext_by() -> None:
    found = words.loose_chinese(exempt=READ_NOT_SAID)
    assert not found, told(found)


def test_every_text_has_english() -> None:
    marked = texts.texts_of()
    assert len(marked) > 100
    gaps = texts.missing(marked, texts.read())
    assert not gaps, told(gaps)


def test_the_catalogue_holds_no_text_that_is_not_used() -> None:
    used = {(text.context, text.singular) for text in texts.texts_of()}
    unused = [message.id for message in texts.read() if message.id and (message.context, _singular(message.id)) not in used]
    assert not unused, told(unused)


def test_translations_keep_the_blanks_of_the_original() -> None:
    wrong = [
        message.id
        for message in texts.read()
        if message.id
        and message.id not in OTHER_BLANKS
        and any(message.string)
        and not _same_blanks(message.id, message.string)
    ]
    assert not wrong, told(wrong)


def test_english_holds_no_chinese() -> None:
    chinese = [
        message.id
        for message in texts.read()
        if message.id and re.search(r"[\u3400-\u9fff]", str(message.string).replace("中文", ""))
    ]
    assert not chinese, told(chinese)


def _singular(message: object) -> object:
    return message[0] if isinstance(message, (tuple, list)) else message


def _same_blanks(original: object, english: object) -> bool:
    """Whether every form names blanks of the original only, and the last form all of them."""
    forms = list(english) if isinstance(english, (tuple, list)) else [english]
    blanks = _blanks(str(_singular(original)) if not isinstance(original, (tuple, list)) else str(original[-1]))
    return all(_blanks(str(form)) <= blanks for form in forms) and _blanks(str(forms[-1])) == blanks


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)\w|%[sd]|\{\w*\}", text))


def catalogue(**english: str) -> Catalog:
    made = Catalog(locale="en")
    for number, string in english.items():
        made.add(number, string=string)
    return made


def test_a_text_without_english_is_found() -> None:
    marked = [texts.Text("a.html", 1, "你好"), texts.Text("a.html", 2, "再见")]
    assert [gap.singular for gap in texts.missing(marked, catalogue(你好="Hello", 再见=""))] == ["再见"]


def test_a_plural_without_its_second_form_is_found() -> None:
    made = Catalog(locale="en")
    made.add(("一件", "%(n)s 件"), string=("one", ""))
    assert texts.missing([texts.Text("a.py", 1, "一件", "%(n)s 件")], made)


def test_a_lost_blank_is_found() -> None:
    assert not _same_blanks("还有 %(days)s 天", "days left")
    assert not _same_blanks("还有 {days} 天", "{day} days left")
    assert _same_blanks("还有 %(days)s 天", "%(days)s days left")


TEMPLATE = """{% load i18n %}
<p title="{% translate '标题' %}">{# 注释不算 #}<!-- 也不算 -->{% blocktranslate trimmed %}
  共 {{ n }} 件{% endblocktranslate %}</p>
"""


def test_marked_texts_are_found_in_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "a.py").write_text('x = _("你好"), ngettext("一件", "%d 件", n), pgettext("动词", "呼")\n', encoding="utf-8")
    found = {(text.singular, text.plural, text.context) for text in texts.texts_of(tmp_path)}
    assert found == {
        ("标题", "", None),
        ("共 %(n)s 件", "", None),
        ("你好", "", None),
        ("一件", "%d 件", None),
        ("呼", "", "动词"),
    }
    assert not words.loose_chinese(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "caught"),
    [
        ("templates/a.html", "<p>漏掉了</p>", True),
        ("templates/a.html", '<p aria-label="漏掉了">{% translate "好" %}</p>', True),
        ("a.py", 'x = "漏掉了"', True),
        ("a.py", 'x = f"共 {n} 件"', True),
        ("a.py", 'x = "路|街|巷"  # read, not said', False),
        ("a.py", 'x = ("中文", "呼应 http://")', False),
        ("a.py", '"""说明可以用中文词。"""', False),
        ("static/a.js", 'alert("漏掉了")', True),
        ("static/a.js", "// 说明", False),
    ],
)
def test_chinese_that_passes_gettext_by_is_caught(tmp_path: Path, name: str, text: str, caught: bool) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    assert bool(words.loose_chinese(tmp_path)) is caught


def test_a_catalogue_compiles_without_gettext_tools(tmp_path: Path) -> None:
    made = catalogue(你好="Hello")
    texts.write(made, tmp_path / "django.po")
    (first,) = texts.compile_all(tmp_path)
    assert b"Hello" in first.read_bytes()
    assert texts.compile_all(tmp_path) == []


# --- Every file -------------------------------------------------------------------------------------------------------


def test_no_file_speaks_of_one_machine_or_was_left_unfinished() -> None:
    found = words.machine_words(words.tracked())
    assert not found, told(found)


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("see /" + "work/main/docs", True),
        ("cd /" + "home/lin/huying", True),
        ('path("/' + 'root/.cache")', True),
        ("# TO" + "DO: later", True),
        ("<" * 7 + " HEAD", True),
        ("-----BEGIN " + "PRIVATE KEY-----", True),
        ("HUYING_DATA=/var/lib/huying", False),
        ('<a href="/homework">', False),
        ("https://example.org/home/page", False),
    ],
)
def test_what_must_not_be_said_is_caught(tmp_path: Path, line: str, caught: bool) -> None:
    (tmp_path / "a.md").write_text(f"one\n{line}\n")
    assert bool(words.machine_words([tmp_path / "a.md"], tmp_path)) is caught


# --- Documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document", sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_documents_name_only_what_exists(document: str) -> None:
    found = words.dead_paths(ROOT / document)
    assert not found, told(found)


@pytest.mark.parametrize("line", ["see `src/huying/cellar/x.py`", "[there](gone.md)", "`tests/test_gone.py`"])
def test_a_dead_path_in_a_document_is_caught(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.md").write_text(f"{line}\n")
    assert words.dead_paths(tmp_path / "a.md", tmp_path)


def test_every_setting_is_told_and_every_told_setting_is_read() -> None:
    assert words.settings_read() == words.settings_told(ROOT / "docs" / "settings.md")


def test_every_state_stands_among_the_words() -> None:
    document = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    kernel = apps.get_app_config("kernel")
    absent = []
    for model in kernel.get_models():
        for field in model._meta.get_fields():
            for value, _label in getattr(field, "choices", None) or ():
                if f"`{value}`" not in document:
                    absent.append(f"{model.__name__}.{field.name}: {value}")
    assert not absent, told(absent)
