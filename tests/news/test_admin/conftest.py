import pytest

from tests.forms import filled
from tests.news.desk import address


@pytest.fixture
def publisher_form(admin_client):
    """What the form of one who may publish sends."""
    return lambda row, **values: filled(admin_client.get(address(row)), **values)
