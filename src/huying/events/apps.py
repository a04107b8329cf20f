from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "huying.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now; whoever reads the log must know its facts, though he writes none
        from huying.events import erasure  # noqa: F401
