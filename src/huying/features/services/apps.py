from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "huying.features.services"
    label = "services"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now; whoever reads the log must know its facts, and what is popular be
        # asked of it, whatever else is imported
        from huying.features.services import events, popular  # noqa: F401
        from huying.features.services.kind import register_kind
        from huying.features.services.making import events as of_making  # noqa: F401
        from huying.features.services.offering import events as of_offers  # noqa: F401
        from huying.features.services.offering import models  # noqa: F401

        register_kind()
