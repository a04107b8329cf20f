from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "huying.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now; whoever reads the log must know its facts, though he writes none
        from huying.people import events  # noqa: F401
