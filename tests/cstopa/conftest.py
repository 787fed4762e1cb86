import pytest


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
