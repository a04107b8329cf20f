"""The language in which commands that need no database speak."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

import huying


def speak() -> None:
    """Chinese, or English where the machine's own language is English. Translating needs Django set up, but no database."""
    if not settings.configured:
        settings.configure(LOCALE_PATHS=[Path(huying.__file__).resolve().parent / "locale"], USE_I18N=True)
        django.setup()
    own = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    translation.activate("en" if own.startswith("en") else "zh-hans")
