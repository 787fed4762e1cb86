"""Which passwords an account may have."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from tests.cstopa.accounts.conftest import RIGHT
from tests.forms import filled
from tests.reading import text


@pytest.fixture
def account(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://www.pa-odkb.example", ["news.house.org"]
    return User(
        username="s.petrova", first_name="Зоя", last_name="Петрова-Ли", email="zosia@example.org"
    )


@pytest.mark.parametrize(
    "typed",
    [
        *("assembly", "csto2026", "belarus7", "Password2026", "shorter 11.", "123456789012345"),
        *("the ASSEMBLY of 7", "a s s e m b l y 1999", "Парламентская1", "АССАМБЛЕЯ-2026-года"),
        *("we like CSTO a lot", "Наш ОДКБ и мы!", "collective farm 12", "odkb is our word"),
        *(
            "by house we mean it",
            "my Petrova's own",
            "Петрова и другие",
            "s.petrova@works",
            "zosia!zosia!2026",
        ),
        *("  !!qwertyuiop2026!!", "iloveyou-2026-11-27"),
    ],
)
def test_what_whoever_guesses_tries_first_is_refused(account, typed):
    with pytest.raises(ValidationError):
        validate_password(typed, account)


@pytest.mark.parametrize(
    "typed",
    [
        *(RIGHT, "correct horse battery", "Зелёный чай в шесть утра", "x7#kPq!29sLm"),
        # Of a name of two letters nobody is kept from writing.
        *("slippery ligature", "wwwhatever we wanted"),
    ],
)
def test_other_ones_are_taken(account, typed):
    validate_password(typed, account)


def test_the_demo_has_its_own_words(account, settings):
    settings.ASSEMBLY_NAME = "Parliamentary Assembly of the Amber Road"
    with pytest.raises(ValidationError, match="amber"):
        validate_password("an Amber necklace", account)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This password has “assembly” in it, which whoever guesses tries first."),
        ("ru", "В этом пароле есть «assembly»: такие слова подбирают первыми."),
    ],
)
def test_the_desk_says_why_at_the_field(admin_client, language, sentence):
    admin_client.cookies["django_language"] = language
    address = reverse("admin:auth_user_add")
    typed = {"username": "new", "password1": "the assembly of 7", "password2": "the assembly of 7"}
    shown = admin_client.post(address, filled(admin_client.get(address), **typed))
    assert shown.status_code == 200
    assert sentence in text(shown)
    short = filled(
        admin_client.get(address), username="new", password1="x7#kPq!", password2="x7#kPq!"
    )
    assert "12" in text(admin_client.post(address, short))
    assert not User.objects.filter(username="new")


@pytest.mark.django_db
def test_a_password_of_before_goes_on(client):
    User.objects.create_user("old", password="csto2026", is_staff=True)
    sent = {"username": "old", "password": "csto2026"}
    assert client.post(reverse("admin:login"), sent).status_code == 302
    call_command("check")
