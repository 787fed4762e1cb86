"""What is public, or is to be, is withdrawn by a button that asks for the reason."""

import datetime as dt

import pytest
from django.utils import timezone

from cstopa.publishing.withdrawing import WITHDRAW
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import spaced, text

BUTTON = f'name="{WITHDRAW}"'


@pytest.fixture(params=["public", "scheduled", "page"])
def row(request):
    if request.param == "page":
        return make.page()
    later = timezone.now() + dt.timedelta(days=9)
    return make.article(**({"published_at": later} if request.param == "scheduled" else {}))


def form_of(row):
    return f"{page(row, 'change')}?live"


@pytest.mark.django_db
def test_it_asks_for_the_reason_before_it_withdraws(client, publisher, row):
    shown = publisher.get(form_of(row))
    assert "Withdraw…" in text(shown)
    asks = publisher.post(form_of(row), filled(shown, **{WITHDRAW: ""}))
    form = asks.context["adminform"].form
    assert "Say why, if you like" in text(asks)
    assert "autofocus" in str(form["reason"])
    row.refresh_from_db()
    assert row.status == "published"
    sent = filled(asks, reason="It says what is wrong", **{WITHDRAW: form.asked_keys})
    answer = publisher.post(form_of(row), sent, follow=True)
    assert "is withdrawn." in spaced(text(answer))
    row.refresh_from_db()
    assert row.status == row.WITHDRAWN
    assert row.history.first().reason == "It says what is wrong"
    assert BUTTON not in text(publisher.get(page(row, "change")))


@pytest.mark.django_db
def test_what_links_to_it_is_named_in_the_same_question(publisher):
    row = make.article("public")
    make.article(headline_en="Links to it", body_en='<p><a href="/news/public/">it</a></p>')
    asks = publisher.post(form_of(row), filled(publisher.get(form_of(row)), **{WITHDRAW: ""}))
    assert [each.field for each in asks.context["adminform"].form.asked] == ["reason", "status"]
    # The words that were written in the form are still there.
    keys = asks.context["adminform"].form.asked_keys
    sent = filled(asks, summary_en="Shorter", **{WITHDRAW: keys})
    assert publisher.post(form_of(row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.summary_en) == ("draft", "Shorter")


@pytest.mark.django_db
def test_who_may_not_publish_has_no_such_button(editor, publisher, row):
    assert BUTTON not in text(editor.get(form_of(row), follow=True))
    sent = filled(publisher.get(form_of(row)), **{WITHDRAW: ""})
    assert editor.post(form_of(row), sent).status_code == 403
    draft = make.article("own", status="draft")
    writer = signed_in("another", "Writer")
    assert BUTTON not in text(writer.get(page(draft, "change")))
    sent = filled(writer.get(page(draft, "change")), **{WITHDRAW: ""})
    assert writer.post(page(draft, "change"), sent).status_code == 403
    row.refresh_from_db()
    assert row.status == "published"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("has_scripts", "made"), [(False, make.article), (True, make.page)])
def test_the_reason_has_the_focus_and_enter_answers_there_alone(
    new_context, base_url, client, admin_user, has_scripts, made
):
    row = made()
    client.force_login(admin_user)
    context = new_context(java_script_enabled=has_scripts, viewport={"width": 800, "height": 800})
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    tab = context.new_page()
    tab.goto(base_url + form_of(row))
    tab.get_by_role("button", name="Withdraw…").click()
    tab.locator("#id_reason:focus").fill("A mistake")
    # Elsewhere it shows the preview, as ever.
    with tab.expect_popup():
        tab.locator("#id_headline_en, #id_title_en").press("Enter")
    row.refresh_from_db()
    assert row.status == "published"
    if has_scripts:
        tab.locator("#id_reason").press("Enter")
    else:
        tab.get_by_role("button", name="Withdraw", exact=True).click()
    tab.get_by_text(" is withdrawn.").wait_for()
    row.refresh_from_db()
    assert (row.status, row.history.first().reason) == (row.WITHDRAWN, "A mistake")


@pytest.mark.django_db
def test_beside_an_error_it_can_still_be_withdrawn(publisher):
    row = make.article("public")
    sent = filled(publisher.get(form_of(row)), slug="no slug!", **{WITHDRAW: ""})
    stopped = publisher.post(form_of(row), sent)
    assert not stopped.context["adminform"].form.only_asks
    assert "Withdraw…" in text(stopped)
