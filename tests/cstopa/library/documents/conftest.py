import pytest

from cstopa.library import files


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    """Give each test a storage of its own, and return a function that lists its files."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(files.walk("documents"))


@pytest.fixture
def writer(sign_in):
    return sign_in("Writer")
