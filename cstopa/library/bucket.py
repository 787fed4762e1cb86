"""A bucket of a service like S3 as a storage that fails as a disk does, and soon."""

from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage


@contextmanager
def as_of_a_disk():
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error


class Bucket(S3Storage):
    """The site answers with what is in it, and asks first who may see it: to others it is closed."""

    def get_default_settings(self):
        # Somebody waits for the answer.
        config = Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 2})
        own = {"default_acl": "private", "file_overwrite": False, "client_config": config}
        return super().get_default_settings() | own

    def _save(self, name, content):
        with as_of_a_disk():
            return super()._save(name, content)

    def _open(self, name, mode="rb"):
        # Whole, since the errors of what is read later would come later.
        with as_of_a_disk(), super()._open(name, mode) as file:
            return ContentFile(file.read(), name)

    def delete(self, name):
        with as_of_a_disk():
            super().delete(name)

    def exists(self, name):
        with as_of_a_disk():
            return super().exists(name)

    def listdir(self, path):
        with as_of_a_disk():
            return super().listdir(path)
