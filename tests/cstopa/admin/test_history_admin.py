import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from cstopa.models.history import writing_as
from delegations.models import Delegation, SeatAllocation
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import everything
from tests.forms import corrected, filled, published
from tests.reading import spaced

pytestmark = pytest.mark.django_db


def address(row, name, *keys):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=keys)


def change(client, row, **values):
    page = address(row, "change", row.pk)
    assert published(client, page, filled(client.get(page), **values)).status_code == 302


def history(client, row):
    return client.get(address(row, "history", row.pk)).content.decode()


def test_history_shows_who_changed_what(admin_client, admin_user):
    row = make.parliament(state_ru="Беларусь")
    change(admin_client, row, name_ru="Национальное собрание")
    shown = history(admin_client, row)
    assert admin_user.username in shown
    assert "Name (in Russian):" in shown
    assert "Национальное собрание" in shown


def test_history_shows_the_command_that_wrote_a_version(admin_client):
    with writing_as("loaddata"):
        row = make.topic()
    assert "loaddata" in history(admin_client, row)


def test_versions_of_one_minute_are_told_apart(admin_client):
    with time_machine.travel(
        dt.datetime(2026, 11, 24, 7, 0, 5, tzinfo=dt.UTC), tick=False
    ) as clock:
        row = make.topic(name_en="Laws")
        clock.shift(30)
        change(admin_client, row, name_en="Model laws")
        newest, first = row.history.all()
        shown = spaced(history(admin_client, row))
        assert shown.index("24 November 2026, 10:00:35") < shown.index("24 November 2026, 10:00:05")
        assert 'Bring back<span class="visually-hidden"> (24 November 2026, 10:00:05)' in shown
        compared = spaced(admin_client.get(compare(row, first, newest)).text)
        assert "Bring back the version of 24 November 2026, 10:00:05" in compared
        one = spaced(admin_client.get(address(row, "simple_history", row.pk, first.pk)).text)
        assert "Version of 24 November 2026, 10:00:05" in one


def test_history_shows_relations_and_choices_in_words(admin_client):
    parliament = make.parliament(name_en="National Assembly")
    row = make.article(status="draft")
    change(
        admin_client,
        row,
        status="published",
        delegations=[parliament.pk],
        topics=[make.topic(name_en="Model laws").pk],
    )
    shown = history(admin_client, row)
    for words in ("draft → published", "National Assembly", "Model laws"):
        assert words in shown


def test_history_shows_days_and_what_is_empty_as_the_pages_do(admin_client):
    row = make.allocation()
    change(admin_client, row, valid_to="2026-11-24", valid_to_is_latest="on")
    shown = spaced(history(admin_client, row))
    assert "Valid to:</strong> – → 24 November 2026<" in shown
    assert "this day:</strong> no → yes<" in shown
    article = make.article(published_at=dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC))
    change(admin_client, article, published_at="2026-11-24 11:30")
    assert "24 November 2026, 10:00 → 24 November 2026, 11:30" in spaced(
        history(admin_client, article)
    )


def test_history_tells_a_row_that_was_not_chosen_from_one_that_is_gone(admin_client):
    row, hall, other = make.article(), make.picture(), make.picture(alternative_en="Another")
    for picture in (hall, other, None):
        row.lead_picture = picture
        row.save()
    other.delete()
    shown = spaced(history(admin_client, row))
    for words in (f"– → {hall}", f"{hall} → deleted since", "deleted since → –"):
        assert f"Lead picture:</strong> {words}<" in shown
    assert "pk=" not in shown
    *_others, chosen, first = row.history.all()
    compared = admin_client.get(compare(row, first, chosen))
    assert [field for field, _html in compared.context["changes"]] == ["Lead picture"]
    assert str(hall) in compared.text
    assert "deleted" not in compared.text.partition("Lead picture")[2]


def test_history_says_what_became_of_an_article(admin_client):
    topic = make.topic(name_en="Model laws")
    row = make.article(status="draft", published_at=None, headline_en="First")
    first = row.history.first()
    change(admin_client, row, headline_en="Second", topics=[topic.pk])
    admin_client.post(address(row, "bring_back", row.pk, first.pk))
    change(admin_client, row, status="published")
    change(admin_client, row, status="draft", reason="A wrong day")
    shown = spaced(strip_tags(history(admin_client, row)))
    for act in ("Withdrawn: A wrong day, admin", "Made public, admin", "Brought back, admin"):
        assert act in shown
    assert "Topics: – → Model laws" in shown
    assert "Edit" not in shown
    version = row.history.first()
    for page in (
        address(row, "simple_history", row.pk, version.pk),
        compare(row, version.prev_record, version),
    ):
        assert "Withdrawn: A wrong day, admin" in spaced(strip_tags(admin_client.get(page).text))


def test_history_shows_a_month_where_no_more_is_known(admin_client):
    row = make.allocation(valid_from="2005-03")
    change(admin_client, row, valid_to="май 2006")
    change(admin_client, row, valid_to="14 мая 2006")
    shown = spaced(history(admin_client, row))
    assert "Valid to:</strong> – → May 2006<" in shown
    assert "Valid to:</strong> May 2006 → 14 May 2006<" in shown
    assert "recision" not in shown
    version = admin_client.get(address(row, "simple_history", row.pk, row.history.last().pk))
    values = dict(version.context["values"])
    assert (values["Valid from"], values["Valid to"]) == ("March 2005", "–")


def test_a_month_becomes_its_first_day_in_a_form_and_in_a_row_inside_one(admin_client):
    row = make.allocation(valid_from="2005-03")
    inside = make.allocation(valid_from="2005-03")
    change(admin_client, row, valid_from="1.3.2005")
    change(admin_client, inside.chamber, **{"allocations-0-valid_from": "1.3.2005"})
    for each in (row, inside):
        each.refresh_from_db()
        assert each.start == dt.date(2005, 3, 1), each
        shown = spaced(history(admin_client, each))
        assert "Valid from:</strong> March 2005 → 1 March 2005<" in shown, each


def test_a_version_is_shown_as_it_was(admin_client):
    topic = make.topic(name_en="Model laws")
    row = make.article(status="draft", headline_en="First")
    change(admin_client, row, topics=[topic.pk])
    version = row.history.first()
    change(admin_client, row, headline_en="Second", topics=[])
    shown = admin_client.get(address(row, "simple_history", row.pk, version.pk))
    values = dict(shown.context["values"])
    assert values["Headline (in English)"] == "First"
    assert "<dd>First</dd>" in shown.text
    assert "[added: </span>Model laws<span" in values["Topics"]


def test_nothing_is_written_from_a_form_of_a_version(admin_client):
    row = make.article(headline_en="First")
    data = filled(admin_client.get(address(row, "change", row.pk)), headline_en="Forged")
    version = row.history.first()
    pages = [
        address(row, "simple_history", row.pk, version.pk),
        address(row, "history", row.pk),
    ]
    for page in pages:
        assert admin_client.post(page, data).status_code == 403
    row.refresh_from_db()
    assert row.headline_en == "First"


def test_history_outlives_the_row_and_what_it_belonged_to(admin_client):
    row = make.allocation()
    chamber, key = row.chamber, row.pk
    row.delete()
    chamber.delete()
    shown = admin_client.get(address(SeatAllocation, "history", key))
    assert shown.status_code == 200
    versions = SeatAllocation.history.filter(id=key)
    for version in versions:
        shown = admin_client.get(address(SeatAllocation, "simple_history", key, version.pk))
        assert "deleted since" in shown.content.decode()


def test_history_of_a_delegation_is_that_of_its_parliament(admin_client):
    row = make.parliament()
    delegation = Delegation.objects.get()
    page = address(delegation, "history", row.pk)
    assert admin_client.get(page).headers["Location"] == address(row, "history", row.pk)


@pytest.mark.django_db(transaction=True)
def test_one_save_is_one_version_with_all_its_relations(admin_client):
    relations = {
        "delegations": [make.parliament().pk, make.parliament().pk],
        "people": [make.person().pk],
        "topics": [make.topic().pk],
    }

    def kept(row):
        version = row.history.first()
        return {
            name: sorted(
                getattr(version, name).values_list(
                    Article._meta.get_field(name).m2m_reverse_field_name(), flat=True
                )
            )
            for name in relations
        }

    page = reverse("admin:news_article_add")
    data = filled(admin_client.get(page), headline_en="First", **relations)
    assert admin_client.post(page, data).status_code == 302
    row = Article.objects.get()
    assert row.history.count() == 1
    assert kept(row) == relations

    relations = {
        "delegations": relations["delegations"][:1],
        "people": [],
        "topics": [make.topic().pk],
    }
    change(admin_client, row, headline_en="Second", **relations)
    assert row.history.count() == 2
    assert kept(row) == relations


def test_saving_with_nothing_changed_writes_no_version(admin_client):
    for row in everything().values():
        if isinstance(row, Delegation):
            continue
        before = row.history.count()
        change(admin_client, row)
        assert row.history.count() == before, row


def test_line_ends_of_a_browser_are_no_change(admin_client):
    row = make.article(summary_en="One.\nTwo.", body_en="<p>One.</p>\n<p>Two.</p>")
    change(admin_client, row, summary_en="One.\r\nTwo.", body_en="<p>One.</p>\r\n<p>Two.</p>")
    assert row.history.count() == 1


def test_a_change_of_a_row_inside_a_form_is_no_change_of_the_form_s_row(admin_client):
    row = make.allocation(seats=7)
    change(admin_client, row.chamber, **{"allocations-0-seats": 8}, **corrected("allocations-0-"))
    assert (row.history.count(), row.chamber.history.count()) == (2, 1)
    assert row.history.first().seats == 8


@pytest.mark.django_db(transaction=True)
def test_a_change_of_relations_alone_is_a_version(admin_client):
    row = make.article()
    topic = make.topic()
    change(admin_client, row, topics=[topic.pk])
    assert row.history.count() == 2
    assert row.history.first().topics.get().topic == topic


def compare(row, old, new):
    query = {"from": getattr(old, "pk", old), "to": getattr(new, "pk", new)}
    return reverse(page_name(row, "compare"), args=[row.pk], query=query)


def page_name(row, name):
    return f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}"
