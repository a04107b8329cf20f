from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huying.channels.desk"
    label = "desk"
