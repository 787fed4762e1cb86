"""The site with the invented app, on a database in the memory, made from the models."""

from cstopa.settings import *  # noqa: F403
from cstopa.settings import DATABASES, INSTALLED_APPS, STORAGES

DATABASES = {
    "default": DATABASES["default"] | {"ENGINE": "cstopa.http.kept.sqlite3", "NAME": ":memory:"}
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.invented"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected.
WHITENOISE_AUTOREFRESH = True
