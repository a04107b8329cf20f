"""The WSGI application that every server runs."""

import os

from django.core.wsgi import get_wsgi_application

from huying.config import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
application = get_wsgi_application()
garbage.settle()
