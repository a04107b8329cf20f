from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "huying.channels.web"
    label = "web"
