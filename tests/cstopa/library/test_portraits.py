"""The portrait of a person: public with the page of the person, with the source by which it is known."""

import re

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegations.following import SHOWN
from delegations.models import Person
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import picture
from tests.cstopa.library.test_drawing import make as make_picture
from tests.cstopa.library.test_picking import PICK
from tests.cstopa.library.test_views import WORDS, addresses
from tests.forms import errors, filled
from tests.reading import links, main, parsed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def portrait(done):
    with done():
        said = {"is_decorative": False, "credit_en": "Press service"}
        return make_picture(picture(64, 36), **said | WORDS)


@pytest.fixture
def source():
    return make.source(title_en="Site of the parliament")


@pytest.fixture
def person(portrait, source):
    return make.person("ann-example", portrait=portrait, portrait_source=source)


def test_the_page_shows_it_with_whose_it_is_and_by_which_source(client, person, source):
    for prefix, alternative in (("", WORDS["alternative_en"]), ("/ru", WORDS["alternative_ru"])):
        answer = client.get(prefix + person.get_absolute_url())
        [figure] = parsed(answer).iter("figure")
        [image] = figure.iter("img")
        assert image.get("alt") == alternative
        assert (image.get("width"), image.get("height")) == ("64", "36")
        assert [each.get("type") for each in figure.iter("source")] == ["image/avif", "image/webp"]
        credit, cited = figure.iterfind("./figcaption/p")
        assert words(credit).startswith("Press service")
        [link] = cited.iter("a")
        [item] = [
            each for each in parsed(answer).iter("li") if f"#{each.get('id')}" == link.get("href")
        ]
        assert str(source) in words(item)


def test_its_source_names_the_person_of_whom_it_is_no_fact(client, person, source, portrait):
    others = [make.person(portrait=portrait, portrait_source=source) for _each in range(SHOWN)]
    make.person("no-portrait", portrait_source=source)
    found = links(client.get(source.get_absolute_url()))
    of_people = {each.get_absolute_url() for each in (person, *others)}
    assert len(of_people & {*found}) == SHOWN
    assert "/people/no-portrait/" not in found
    text = main(client.get(source.get_absolute_url()))
    assert "It says whose portrait is shown on the pages of:" in text
    assert "and of others" in text
    assert "Newest evidence" not in main(client.get(person.get_absolute_url()))


def test_open_graph_and_machines_show_it(client, person, settings):
    found = client.get(person.get_absolute_url()).content.decode()
    [shared] = re.findall(r'og:image" content="(.*?)"', found)
    assert re.fullmatch(rf"{settings.SITE_URL}/media/\w+/wide-\d+\.png", shared)
    assert f'"image":"{shared}"' in re.sub(r'":\s+"', '":"', found)


def test_it_is_public_while_a_person_has_it(client, person, portrait):
    assert {client.get(each).status_code for each in addresses(portrait)} == {200}
    assert portrait.is_public
    person.portrait = None
    person.save()
    assert not portrait.is_public
    assert client.get(addresses(portrait)[0]).status_code == 404
    found = client.get(person.get_absolute_url()).content.decode()
    assert "<picture>" not in found
    assert "Site of the parliament" not in found


def test_it_costs_a_page_no_query(client, person):
    counts = []
    for each in (person, make.person()):
        client.get(each.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(each.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_portrait_has_a_source(sign_in, source):
    keeper = sign_in("Keeper of facts")
    row, portrait = make.person(), make.picture()
    address = page(row, "change")
    answer = keeper.post(address, filled(keeper.get(address), portrait=portrait.pk))
    assert errors(answer) == {"portrait_source": ["A portrait has a source."]}
    sent = filled(keeper.get(address), portrait=portrait.pk, portrait_source=source.pk)
    assert keeper.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.portrait, row.portrait_source) == (portrait, source)
    assert row.history.first().portrait_id == portrait.pk
    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=row.pk).update(portrait_source=None)


def test_who_keeps_facts_finds_and_adds_one(sign_in):
    keeper, portrait = sign_in("Keeper of facts"), make.picture()
    content = keeper.get(PICK).content.decode()
    assert str(portrait) in content
    assert "picker__new" in content
    # What the public sees of it, a publisher alone changes.
    make.person(portrait=portrait, portrait_source=make.source())
    assert keeper.post(page(portrait, "change"), {"name": "x"}).status_code == 403


def test_the_picture_names_the_person_and_is_not_deleted(publisher, source):
    portrait = make.picture()
    person = make.person(portrait=portrait, portrait_source=source)
    link = f'<a href="{page(person, "change")}">'
    assert link in publisher.get(page(portrait, "change")).content.decode()
    publisher.post(page(portrait, "delete"), {"post": "yes"})
    assert type(portrait).objects.filter(pk=portrait.pk).exists()


def test_without_a_drawing_the_page_is_as_before(client, source):
    person = make.person(portrait=make.picture(), portrait_source=source)
    answer = client.get(reverse("delegations:person-detail", args=[person.slug]))
    assert answer.status_code == 200
    assert "<picture>" not in answer.content.decode()
