from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Those who are published inherit what is here; the steps of their review are its own."""

    name = "cstopa.publishing"
