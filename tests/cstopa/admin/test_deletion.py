import datetime as dt

import pytest
from django.db.models.signals import post_init

from cstopa.admin.base import MOST_NAMED
from cstopa.admin.lists import MOST
from cstopa.admin.undoing import AT_ONCE
from delegations.models import Chamber, Delegation, Office, Parliament, Person, Source
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.forms import filled
from tests.growth import costs

pytestmark = pytest.mark.django_db


def delete(client, row):
    return client.post(page(row, "delete"), {"post": "yes"})


def delete_selected(client, *rows):
    return client.post(
        page(type(rows[0]), "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"},
    )


@pytest.mark.parametrize("way", [delete, delete_selected])
def test_what_content_depends_on_stays_and_the_desk_says_what_is_in_the_way(admin_client, way):
    rows = everything()
    article = rows[Article]
    for model in (Parliament, Chamber, Person, Topic, Source):
        row = rows[model]
        response = way(admin_client, row)
        assert response.status_code == 200
        assert model.objects.filter(pk=row.pk).exists(), model
        if model in {Person, Topic}:
            assert page(article, "change") in response.content.decode()


def test_a_delegation_that_an_article_concerns_keeps_its_parliament(admin_client):
    parliament = make.parliament()
    article = make.article(status="draft", delegations=Delegation.objects.all())
    for way in (delete, delete_selected):
        shown = way(admin_client, parliament).content.decode()
        assert page(article, "change") in shown
        assert Parliament.objects.exists()


def test_a_chamber_with_allocations_is_not_deleted_in_the_form_of_its_parliament(admin_client):
    chamber = make.allocation().chamber
    address = page(chamber.parliament, "change")
    data = filled(admin_client.get(address)) | {"chambers-0-DELETE": "on"}
    assert admin_client.post(address, data).status_code == 200
    assert Chamber.objects.exists()


def test_a_deletion_counts_first_what_it_would_take_with_it(admin_client):
    article = everything()[Article]
    shown = admin_client.get(page(article, "delete"))
    assert dict(shown.context["model_count"])["articles"] == 1
    assert delete(admin_client, article).status_code == 302
    assert not Article.objects.filter(pk=article.pk).exists()


def test_the_question_costs_the_same_whatever_hangs_on_a_row(admin_client):
    """In the way of a topic are articles; what joins an article with others goes without saying."""
    topic, article = make.topic(), make.article()
    addresses = [page(topic, "delete"), page(article, "delete")]

    def more(number):
        for _each in range(number):
            make.article(topics=[topic])
            article.people.add(make.person())

    more(MOST_NAMED + 1)
    before = costs(admin_client, addresses)
    more(30)
    assert costs(admin_client, addresses) == before
    in_the_way = admin_client.get(addresses[0]).context["protected"]
    assert len(in_the_way) == MOST_NAMED + 1
    assert in_the_way[-1] == "and 31 more"
    shown = admin_client.get(addresses[1])
    assert len(shown.context["deleted_objects"]) == 1
    assert dict(shown.context["model_count"]) == {"articles": 1}


def test_of_what_is_in_the_way_no_more_is_read_than_a_list_shows(admin_client):
    person, source = make.person(), make.source()
    day = dt.date(1950, 1, 1)

    def more(number):
        held = Office.objects.count()
        Office.objects.bulk_create(
            Office(
                person=person,
                source=source,
                function="deputy_executive_secretary",
                code=f"office-{each}",
                valid_from=day + dt.timedelta(each),
                valid_to=day + dt.timedelta(each),
            )
            for each in range(held, held + number)
        )

    more(MOST + 1)
    address = page(person, "delete")
    read = rows_read(admin_client, address)
    more(MOST)
    assert rows_read(admin_client, address) == read
    in_the_way = admin_client.get(address).context["protected"]
    assert (len(in_the_way), in_the_way[-1]) == (MOST_NAMED + 1, "and others")
    assert delete(admin_client, person).status_code == 200
    assert Office.objects.count() == 2 * MOST + 1


def rows_read(client, address):
    """Return how many offices are made of what a page reads."""
    read = []

    def count(**_kwargs):
        read.append(1)

    post_init.connect(count, Office)
    try:
        assert client.get(address).status_code == 200
    finally:
        post_init.disconnect(count, Office)
    return len(read)


def test_a_row_that_nothing_needs_is_deleted(admin_client):
    rows = [make.topic(), make.topic(), make.topic()]
    assert delete(admin_client, rows[0]).status_code == 302
    assert delete_selected(admin_client, *rows[1:]).status_code == 302
    assert not Topic.objects.exists()


def test_no_more_are_deleted_at_once_than_one_button_brings_back(admin_client):
    rows = [make.topic() for _each in range(AT_ONCE + 1)]
    everywhere = {"action": "delete_selected", "_selected_action": rows[0].pk, "select_across": "1"}
    for sent in (everywhere, everywhere | {"post": "yes"}):
        answer = admin_client.post(page(Topic, "changelist"), sent, follow=True)
        assert "Choose no more than 100 at once." in answer.text
    assert Topic.objects.count() == AT_ONCE + 1
    rows[0].delete()
    answer = admin_client.post(page(Topic, "changelist"), everywhere | {"post": "yes"}, follow=True)
    assert not Topic.objects.exists()
    assert answer.text.count('name="row"') == AT_ONCE
