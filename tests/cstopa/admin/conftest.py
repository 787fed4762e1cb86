import pytest

from tests.cstopa.admin.importing import address, table
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
def desk(context, base_url, client, admin_user):
    """A page of the browser, signed in, with the mistakes that it told."""
    client.force_login(admin_user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}]
    )
    tab = context.new_page()
    tab.mistakes = []
    tab.on("pageerror", lambda error: tab.mistakes.append(str(error)))
    tab.on(
        "console",
        lambda said: tab.mistakes.append(said.text) if said.type in {"error", "warning"} else None,
    )
    return tab
