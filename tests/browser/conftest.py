import pytest
from django.core.management import call_command

from tests import site


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """The whole small site, for all tests of a file: they read it and change nothing."""
    with django_db_blocker.unblock():
        site.fill()
        yield
        call_command("flush", interactive=False, verbosity=0)
