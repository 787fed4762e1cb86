import pytest
from django.test import Client
from django.urls import reverse

LOGIN = reverse("admin:login")
RIGHT = "the right one, long enough"


@pytest.fixture
def anna(django_user_model):
    return django_user_model.objects.create_user("anna", password=RIGHT, is_staff=True)


@pytest.fixture
def sign_in_from():
    """Try to sign in, from an address; of a ``browser``, or one that nobody knows. True where it is done."""

    def sign_in_from(address, name="anna", password="a wrong one", browser=None):
        browser = browser or Client()
        sent = {"username": name, "password": password}
        response = browser.post(LOGIN, sent, REMOTE_ADDR=address)
        browser.answer = response
        return response.status_code == 302

    return sign_in_from
