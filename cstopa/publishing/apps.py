from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """No model of its own: those who are published inherit what is here."""

    name = "cstopa.publishing"
