"""The embedded default: the pages' application with the worker as a thread beside it, in one process."""

from huying.config.setup import ready
from huying.config.worker import start_thread
from huying.config.wsgi import application

ready(migrate=False)
start_thread()

__all__ = ["application"]
