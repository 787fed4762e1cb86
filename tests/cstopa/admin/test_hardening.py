import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from cstopa.publishing.models import Draft
from delegations.models import Chamber, SeatAllocation
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import OF_EACH_BASE, everything, page
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    return everything()


@pytest.mark.parametrize("key", ["abc", "", "\0", "1.5", "9" * 40])
def test_a_forged_choice_of_rows_is_no_choice(admin_client, rows, key):
    action = {"action": "delete_selected", "_selected_action": key, "post": "yes"}
    for model in OF_EACH_BASE:
        for sent in (action, action | {"index": "0"}):
            answer = admin_client.post(page(model, "changelist"), sent)
            assert answer.status_code in {200, 302, 403}, model
    for model, row in rows.items():
        assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        *(
            (SeatAllocation, f"valid_from__{lookup}", value)
            for lookup, value in (("year", "-1"), ("year", "9" * 30), ("range", ""), ("date", "x"))
        ),
        *(
            (Article, f"status__{lookup}", value)
            for lookup, value in (("range", "abc"), ("range", ""), ("regex", "["))
        ),
    ],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_a_forged_filter_leads_to_the_whole_list(admin_client, way, model, name, value):
    address = page(model, "changelist")
    answer = getattr(admin_client, way)(address, query_params={name: value})
    assert answer.status_code == 302
    assert admin_client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (User, "username", "\0"),
        (User, "id__in", "9" * 40),
        (User, "date_joined__year", "-1"),
        (User, "username__regex", "["),
        (User, "q", "\0"),
        (Group, "name__range", "abc"),
        (Group, "id__in", "9" * 40),
    ],
)
def test_a_forged_filter_of_accounts_breaks_nothing(admin_client, model, name, value):
    Group.objects.create(name="Others")
    answer = admin_client.get(page(model, "changelist"), {name: value}, follow=True)
    assert answer.status_code == 200


def test_a_forged_permission_is_an_error(admin_client):
    sent = {"name": "Others", "permissions": "9" * 40}
    assert list(errors(admin_client.post(page(Group, "add"), sent))) == ["permissions"]


@pytest.mark.parametrize(("model", "answers"), [(Group, {200, 302}), (User, {403})])
def test_a_forged_choice_of_accounts_is_no_choice(admin_client, model, answers):
    before = model.objects.count()
    action = {"action": "delete_selected", "_selected_action": "abc", "post": "yes"}
    assert admin_client.post(page(model, "changelist"), action).status_code in answers
    assert model.objects.count() == before


def test_a_form_starts_without_what_its_fields_do_not_understand(admin_client, rows):
    for model, pages in admin.site._registry.items():
        address = page(model, "add")
        empty = admin_client.get(address)
        if empty.status_code == 403:
            assert not pages.has_add_permission(empty.wsgi_request)
            continue
        if issubclass(model, Draft):
            # It is begun from a row, and from nothing else.
            assert empty.status_code == 302
            continue
        names = [*empty.context["adminform"].form.fields]
        assert names
        for value in ("x", "", "\0", "2026-05-21", "9" * 40):
            asked = dict.fromkeys(names, value)
            assert admin_client.get(address, asked).status_code == 200, (model, value)


def test_a_form_starts_with_what_its_fields_understand(admin_client, rows):
    chamber, topic = rows[Chamber], rows[Topic]
    asked = {"chamber": chamber.pk, "seats": "7", "valid_from": "x"}
    form = filled(admin_client.get(page(SeatAllocation, "add"), asked))
    assert [form[name] for name in asked] == [str(chamber.pk), "7", ""]
    asked = {"headline_en": "Session", "topics": topic.pk, "published_at": "x"}
    form = filled(admin_client.get(page(Article, "add"), asked))
    assert (form["headline_en"], form["topics"]) == ("Session", [str(topic.pk)])


def test_no_row_is_saved_as_another(admin_client, admin_user):
    topic = make.topic("ice")
    group = Group.objects.create(name="Others")
    forged = {"slug": "snow", "name": "Snow", "username": "snow", "_saveasnew": "1"}
    for row in (topic, group, admin_user):
        before = type(row).objects.count()
        address = page(row, "change")
        answer = admin_client.post(address, filled(admin_client.get(address)) | forged)
        assert answer.status_code == 403
        assert type(row).objects.count() == before
