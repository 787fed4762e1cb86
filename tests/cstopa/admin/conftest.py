import pytest
from django.core.management import call_command

from delegations.models import Source
from tests import make
from tests.cstopa.admin.importing import address, table
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.writing import TEXT, enter
from tests.forms import filled


@pytest.fixture
def user(sign_in, django_user_model):
    sign_in("Editor", "Keeper of facts")
    return django_user_model.objects.get()


@pytest.fixture
def preview(client, user):
    """Return the preview of a file's import into a model."""

    def preview(model, file):
        file = table(file) if isinstance(file, str) else file
        form = client.get(address(model))
        return client.post(address(model), filled(form, file=file, _preview="1"))

    return preview


@pytest.fixture
def confirm(client):
    def confirm(preview, **answers):
        sent = filled(preview, _confirm="1", **answers)
        return client.post(preview.request["PATH_INFO"], sent)

    return confirm


@pytest.fixture
def form(desk, base_url):
    """Open the form of a draft with a body; the cursor stands at the end of it."""

    def form(body="", language="en", **fields):
        cookie = {"name": "django_language", "value": language, "url": base_url}
        desk.context.add_cookies([cookie])
        row = make.article(status="draft", body_en=body, **fields)
        desk.goto(base_url + page(row, "change"))
        enter(desk, TEXT)
        return row

    return form


@pytest.fixture
def record():
    call_command("loaddata", "delegations", verbosity=0)
    Source.objects.update(published_on=make.OLD)
