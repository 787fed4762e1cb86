import pytest

from cstopa.library import files


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    """Give each test a storage of its own, and return a function that lists its files."""
    settings.MEDIA_ROOT = tmp_path

    def stored():
        return sorted(path for folder in ("pictures", "renditions") for path in files.walk(folder))

    return stored


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Return a context that does what waits for the commit, as drawing does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
