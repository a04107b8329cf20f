from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "huying.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # models are loaded only now; whoever reads the log must know its facts, though he writes none
        from huying.kernel import events  # noqa: F401
