import pytest

from tests import make
from tests.forms import filled
from tests.news.desk import ADD, MOMENT, address

WHOLE = {
    f"{name}_{language}": words
    for language, words in (("en", "Words"), ("ru", "Слова"))
    for name in ("headline", "summary", "body")
}


@pytest.fixture
def publisher_form(admin_client):
    """What the form of one who may publish sends."""
    return lambda row, **values: filled(admin_client.get(address(row)), **values)


@pytest.fixture
def sent(publisher):
    """Send a new article that is whole in both languages, to be published, with other values."""
    topic = make.topic()

    def sent(**values):
        data = filled(publisher.get(ADD), topics=[topic.pk], **MOMENT, status="published")
        return publisher.post(ADD, data | WHOLE | values)

    return sent
