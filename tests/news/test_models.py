"""What an article is, before anybody shows it."""

import pytest
from django.core.exceptions import ValidationError

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["2021", "7", "20210521"])
def test_a_number_is_no_name_in_addresses(slug):
    article = make.article(slug)
    with pytest.raises(ValidationError, match="more than a number") as refused:
        article.full_clean()
    assert set(refused.value.message_dict) == {"slug"}
    article.slug = f"may-{slug}"
    article.full_clean()
