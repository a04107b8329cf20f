"""The floors hold, by imports and by what imports do not show; and each guard sees a breach that is planted for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models
from django.urls import get_resolver

from tools.guards import floors
from tools.guards.tree import PACKAGE, ROOT, Breach

pytestmark = pytest.mark.once


def told(breaches: Iterable[Breach]) -> str:
    return "\n".join(map(str, breaches))


def addresses() -> dict[str, str]:
    return floors.address_owners(get_resolver().url_patterns)


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


# --- Imports ----------------------------------------------------------------------------------------------------------

# file, the line planted in it, and how the checker tells the breach
PLANTED = {
    "the kernel knows a feature": (
        "kernel/planted.py",
        "import huying.features.appeals",
        "huying.kernel.planted -> huying.features.appeals",
    ),
    "people know the kernel": (
        "people/planted.py",
        "import huying.kernel.models",
        "huying.people.planted -> huying.kernel.models",
    ),
    "the city reads Chinese": (
        "city/planted.py",
        "import huying.reading.segment",
        "huying.city.planted -> huying.reading.segment",
    ),
    "the log knows people": (
        "events/planted.py",
        "import huying.people.models",
        "huying.events.planted -> huying.people.models",
    ),
    "base looks up": ("base/planted.py", "import huying.city.models", "huying.base.planted -> huying.city.models"),
    "a feature knows another": (
        "features/second/__init__.py",
        "import huying.features.appeals.models",
        "huying.features.second -> huying.features.appeals.models",
    ),
    "a feature knows a channel": (
        "features/appeals/planted.py",
        "import huying.channels.parts",
        "huying.features.appeals.planted -> huying.channels.parts",
    ),
    "a channel knows another": (
        "channels/web/planted.py",
        "import huying.channels.desk",
        "huying.channels.web.planted -> huying.channels.desk",
    ),
    "the parts know a channel": (
        "channels/parts/planted.py",
        "import huying.channels.web",
        "huying.channels.parts.planted -> huying.channels.web",
    ),
    "a channel reads the log's tables": (
        "channels/desk/planted.py",
        "import huying.events.models",
        "huying.channels.desk.planted -> huying.events.models",
    ),
    "config imports an adapter": ("config/planted.py", "import huying.adapters", "huying.config.planted -> huying.adapters"),
    "reading knows Django": ("reading/planted.py", "import django.db", "huying.reading.planted -> django"),
    "a room without a floor": ("cellar/__init__.py", "", "cellar"),
    "a channel without a floor": ("channels/pigeon/__init__.py", "", "pigeon"),
    "siblings in a circle": ("city/round.py", "import huying.city.trip", "No cycles are allowed in huying.city"),
}


def lint(where: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the package that lies in `where`/src."""
    program = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", ROOT / "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(where / "src"), "NO_COLOR": "1"}
    return subprocess.run(program, cwd=where, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def planted_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says about a copy of the package in which every breach above is planted."""
    where = tmp_path_factory.mktemp("planted")
    copy = where / "src" / "huying"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.mo"))
    for name, line, _told in PLANTED.values():
        write(copy, name, line + "\n")
    write(copy, "city/trip.py", "import huying.city.round\n")
    report = lint(where)
    assert report.returncode != 0
    return " ".join(report.stdout.split())


def test_no_import_points_up_or_sideways() -> None:
    report = lint(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize("breach", PLANTED)
def test_a_planted_import_is_caught(breach: str, planted_report: str) -> None:
    assert PLANTED[breach][2] in planted_report


def test_adapters_know_only_ports_and_readers_of_the_log_only_the_log() -> None:
    graph = grimp.build_graph("huying", cache_dir=None)
    imports = [(a, b) for a in graph.modules for b in graph.find_modules_directly_imported_by(a)]
    assert len(imports) > 50
    assert not floors.import_breaches(imports), told(floors.import_breaches(imports))


@pytest.mark.parametrize(
    "planted",
    [
        ("huying.adapters.post", "huying.kernel.models"),
        ("huying.adapters.post", "huying.people.parties"),
        ("huying.hub.tiles", "huying.kernel.queries"),
        ("huying.plan.goals", "huying.features.appeals.models"),
    ],
)
def test_a_planted_import_of_an_adapter_or_reader_is_caught(planted: tuple[str, str]) -> None:
    assert floors.import_breaches([planted])


def test_an_adapter_may_know_its_port() -> None:
    assert not floors.import_breaches(
        [("huying.adapters.post", "huying.kernel.ports"), ("huying.hub.tiles", "huying.events.log")]
    )


# --- HTTP -------------------------------------------------------------------------------------------------------------


def ruff(code: str, where: str) -> str:
    """What ruff says about a file with that code at that place."""
    program = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename", where, "-"]
    return subprocess.run(program, cwd=ROOT, input=code, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("room", ["kernel", "people", "features/appeals", "city", "events", "config"])
@pytest.mark.parametrize("module", ["django.http", "django.shortcuts", "django.views"])
def test_http_below_the_channels_is_caught(room: str, module: str) -> None:
    assert "TID251" in ruff(f"import {module}\n", f"src/huying/{room}/planted.py")


def test_a_channel_may_speak_http() -> None:
    assert "TID251" not in ruff("import django.http\n", "src/huying/channels/web/planted.py")


# --- Models -----------------------------------------------------------------------------------------------------------


def test_no_relation_points_up_or_sideways() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("huying.")]
    assert len(ours) > 15
    assert not floors.model_breaches(ours), told(floors.model_breaches(ours))


@pytest.mark.django_isolate_apps("huying.people", "django.contrib.contenttypes")
def test_a_relation_that_points_up_is_caught() -> None:
    class Planted(models.Model):
        __module__ = "huying.people.planted"
        matter = models.ForeignKey(apps.get_model("kernel", "Matter"), models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

    assert "people may not know kernel" in told(floors.model_breaches([Planted]))


@pytest.mark.django_isolate_apps("huying.people", "django.contrib.contenttypes")
def test_a_generic_relation_is_caught() -> None:
    # Imported here: only this test needs what the project forbids.
    from django.contrib.contenttypes.fields import GenericForeignKey

    class Loose(models.Model):
        __module__ = "huying.people.planted"
        kind = models.ForeignKey("contenttypes.ContentType", models.PROTECT, related_name="+")
        object_id = models.IntegerField()
        thing = GenericForeignKey("kind", "object_id")

        class Meta:
            app_label = "people"

    assert "no generic foreign keys" in told(floors.model_breaches([Loose]))


# --- Templates, addresses, names in strings ---------------------------------------------------------------------------


def test_no_template_points_up_or_sideways() -> None:
    found = floors.template_breaches(PACKAGE, addresses())
    assert not found, told(found)


def test_no_name_in_the_code_points_up_or_sideways() -> None:
    found = floors.code_breaches(PACKAGE, addresses())
    assert not found, told(found)


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """Three channels' worth of templates, static files and tags, all in order."""
    write(tmp_path, "channels/parts/templates/parts/page.html", "<main>{% block main %}{% endblock %}</main>\n")
    write(tmp_path, "channels/parts/static/parts/page.css", "")
    write(tmp_path, "channels/desk/templates/desk/inbox.html", '{% extends "parts/page.html" %}\n')
    write(tmp_path, "channels/desk/static/desk/keys.js", "")
    write(tmp_path, "channels/desk/templatetags/desk_tags.py", "")
    write(tmp_path, "channels/web/templates/web/home.html", '{% extends "parts/page.html" %}{% static "parts/page.css" %}\n')
    return tmp_path


ADDRESSES = {"web:home": "huying.channels.web.views", "desk:inbox": "huying.channels.desk.views"}


def test_a_tree_in_order_has_no_breach(small_tree: Path) -> None:
    assert not floors.template_breaches(small_tree, ADDRESSES)


@pytest.mark.parametrize(
    ("room", "tag"),
    [
        ("web", '{% include "desk/inbox.html" %}'),
        ("web", "{% extends 'desk/inbox.html' %}"),
        ("web", "<a href=\"{% url 'desk:inbox' %}\">"),
        ("web", '{% static "desk/keys.js" %}'),
        ("web", "{% load i18n desk_tags %}"),
        ("parts", "{% url 'web:home' %}"),
        ("parts", '{% include "web/home.html" %}'),
    ],
)
def test_a_template_that_points_up_or_sideways_is_caught(small_tree: Path, room: str, tag: str) -> None:
    write(small_tree, f"channels/{room}/templates/{room}/planted.html", f"<p>\n{tag}\n")
    (breach,) = floors.template_breaches(small_tree, ADDRESSES)
    assert breach.line == 2


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("kernel", 'import_string("huying.features.appeals.actions")'),
        ("kernel", 'reverse("web:home")'),
        ("channels/web", 'redirect("desk:inbox", 3)'),
        ("channels/web", 'render(request, "desk/inbox.html")'),
    ],
)
def test_a_name_in_the_code_that_points_up_or_sideways_is_caught(small_tree: Path, room: str, line: str) -> None:
    write(small_tree, f"{room}/planted.py", f"x = {line}\n")
    (breach,) = floors.code_breaches(small_tree, ADDRESSES)
    assert breach.line == 1


# --- A channel works through actions and queries ----------------------------------------------------------------------


def test_no_channel_touches_a_model_itself() -> None:
    assert not floors.channel_writes(), told(floors.channel_writes())


@pytest.mark.parametrize("line", ["Call.objects.get(pk=1)", "call.save()", "task.delete()", "Task.objects.bulk_create([])"])
def test_a_channel_that_writes_through_a_model_is_caught(tmp_path: Path, line: str) -> None:
    write(tmp_path, "channels/web/views.py", f"def view():\n    {line}\n")
    assert floors.channel_writes(tmp_path)


def test_a_channel_may_keep_its_session(tmp_path: Path) -> None:
    write(tmp_path, "channels/web/views.py", "def view(request):\n    request.session.save()\n")
    assert not floors.channel_writes(tmp_path)
