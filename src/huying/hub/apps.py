from django.apps import AppConfig


class HubConfig(AppConfig):
    name = "huying.hub"
    label = "hub"
    default_auto_field = "django.db.models.BigAutoField"
