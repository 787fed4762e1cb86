import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import make


@pytest.fixture
def article():
    return make.article(headline_en="Ice", status="draft", published_at=None)


@pytest.fixture
def other(db):
    """Another editor, signed in somewhere else."""
    client = Client()
    client.force_login(
        User.objects.create_superuser("other", first_name="Anna", last_name="Orlova")
    )
    return client
