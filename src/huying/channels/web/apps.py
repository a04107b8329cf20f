from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "huying.channels.web"
    label = "web"

    def ready(self) -> None:
        # addresses are resolved when they are asked for: here they are only named
        from huying.channels.parts.offered import offer

        offer("thing", "web:thing")
        offer("draft", "web:thing-preview")
