from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OpenDataConfig(AppConfig):
    name = "cstopa.opendata"

    def ready(self):
        # Each app registers its resources there.
        autodiscover_modules("opendata")
