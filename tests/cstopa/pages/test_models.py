import pytest
from django.db import IntegrityError, transaction

from cstopa.pages.models import Page
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["", "imprint", "About", "about"])
def test_there_is_one_of_each_and_no_other(slug):
    make.page("about")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.page(slug)
    assert Page.objects.count() == 1


def test_written_is_what_is_whole_in_a_language():
    make.page("about")
    make.page("contacts", title_en="", title_ru="Контакты", body_ru="<p>Текст</p>")
    make.page("privacy", title_en="", title_ru="Только заголовок")
    assert {page.slug for page in Page.objects.published()} == {"about", "contacts"}
