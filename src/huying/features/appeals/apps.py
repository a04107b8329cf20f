from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "huying.features.appeals"
    label = "appeals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now; whoever reads the log must know its facts, whatever else is imported
        from huying.features.appeals import events  # noqa: F401
        from huying.features.appeals.kind import register_kind

        register_kind()
