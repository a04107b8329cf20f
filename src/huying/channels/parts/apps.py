from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "huying.channels.parts"
    label = "parts"
