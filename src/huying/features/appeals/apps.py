from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "huying.features.appeals"
    label = "appeals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now
        from huying.features.appeals.kind import register_kind

        register_kind()
