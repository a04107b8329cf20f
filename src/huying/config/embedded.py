"""The embedded default: the pages' application with the worker as a thread beside it, in one process."""

from huying.config.setup import ready
from huying.config.wsgi import application
from huying.config.worker import start_thread

ready(migrate=False)
start_thread()

__all__ = ["application"]
