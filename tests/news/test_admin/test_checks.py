"""Before an article goes public: errors stop it, warnings ask."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cstopa.publishing.models import Review
from news.models import Article
from tests import make
from tests.forms import errors, filled, published
from tests.news.desk import ADD, address
from tests.news.test_admin.conftest import WHOLE
from tests.reading import parsed, text

pytestmark = pytest.mark.django_db

LINK = '<p><a href="%s">the report</a></p>'


def asked(answer):
    return [(each.field, each.words) for each in answer.context["adminform"].form.asked]


def test_what_has_nothing_to_be_asked_about_is_published_at_once(sent):
    assert sent().status_code == 302
    assert Article.objects.published().exists()


def test_what_is_missing_is_said_at_its_field(sent, publisher):
    none = {f"{name}_en": "" for name in ("headline", "summary", "body")}
    answer = sent(**none, summary_ru="")
    assert errors(answer) == {"summary_ru": ["Without it nothing goes public in Russian."]}
    assert 'href="#id_summary_ru"' in text(answer)
    assert "Слова" in text(answer)
    # A draft lacks what it lacks.
    assert sent(**none, summary_ru="", status="draft").status_code == 302


@pytest.mark.parametrize("field", ["body_en", "body_ru"])
@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("/news/nothing/", "leads to no page of this site"),
        ("http://testserver/ru/nothing", "leads to no page of this site"),
        ("people/", "leads to no page of this site"),
        ("/news/withdrawn/", "leads to a page that was withdrawn"),
        ("/admin/news/article/", "leads to the desk"),
    ],
)
def test_a_dead_link_stops_it(sent, field, href, said):
    row = make.article("withdrawn")
    row.status = "draft"
    row.save()
    answer = sent(**{field: LINK % href})
    [[name, [words]]] = errors(answer).items()
    assert (name, href in words, said in words) == (field, True, True)
    assert sent(**{field: LINK % href}, status="draft").status_code == 302


def test_links_that_lead_somewhere_do_not(sent):
    make.article("before").delete()
    row = make.article("old")
    row.slug = "new"
    row.save()
    own = "/ru/news/itself/"
    links = [own, "/", "/ru/people/?page=2", "#end", "https://a.example/x", "mailto:a@a.example"]
    body = "".join(LINK % href for href in links)
    assert sent(slug="itself", body_en=body).status_code == 302
    answer = sent(slug="itself-2", body_ru=LINK % "/ru/news/old/")
    assert answer.status_code == 302


def test_of_an_old_address_the_new_one_is_offered(sent, publisher):
    row = make.article("old")
    row.slug = "new"
    row.save()
    sent(body_en=LINK % "/news/old/")
    assert "The link /news/old/ leads on to /news/new/" in text(publisher.get(ADD))


def test_a_link_to_what_is_not_public_yet_is_asked_about(sent):
    make.article("later", published_at=timezone.now() + dt.timedelta(days=1))
    answer = sent(body_en=LINK % "/news/later/")
    said = "The link /news/later/ leads to what readers do not see yet."
    assert asked(answer) == [("body_en", said)]


@pytest.mark.parametrize("of", ["article", "draft"])
def test_a_link_that_died_since_stops_nobody_who_adds_no_other(publisher, of):
    gone = make.article("gone")
    live = make.article(**WHOLE | {"body_en": LINK % "/news/gone/"}, topics=[make.topic()])
    gone.withdraw()
    row, values = live, {}
    if of == "draft":
        row, values = make.draft(live), {"_publish": ""}
        row.topics.set(live.topics.all())
    page = reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])
    data = filled(publisher.get(f"{page}?live"), summary_en="Mended", **values)
    for name in ("body_en", "body_ru"):
        new = {"body_en": data["body_en"], "body_ru": "<p>x</p>"}
        new[name] += LINK % ("/nothing/" if name == "body_en" else "/ru/news/gone/")
        assert list(errors(publisher.post(page, data | new))) == [name]
    answer = publisher.post(page, data, follow=True)
    live.refresh_from_db()
    assert live.summary_en == "Mended"
    assert "The link /news/gone/ leads to a page that was withdrawn." in text(answer)


def test_a_link_that_died_in_one_language_is_new_in_the_other(publisher):
    row = make.article(**WHOLE | {"body_en": LINK % "/nothing/"}, topics=[make.topic()])
    data = filled(publisher.get(f"{address(row)}?live"), body_ru=LINK % "/nothing/")
    assert list(errors(publisher.post(address(row), data))) == ["body_ru"]


def test_a_link_that_died_before_its_moment_stops_it(publisher):
    values = WHOLE | {"body_en": LINK % "/nothing/"}
    later = timezone.now() + dt.timedelta(days=1)
    row = make.article(**values, published_at=later, topics=[make.topic()])
    data = filled(publisher.get(f"{address(row)}?live"), summary_en="Mended")
    assert list(errors(publisher.post(address(row), data))) == ["body_en"]


LONG = "Слово " * 15 + "конец"
ASKED = [
    ({"headline_ru": LONG}, "headline_ru", "It has 95 signs"),
    ({"body_ru": ""}, "body_ru", "It is not whole in Russian"),
    (
        {f"{name}_en": "" for name in ("headline", "summary", "body")},
        "headline_en",
        "It is not whole in English",
    ),
    ({"topics": []}, "delegations", "It concerns no delegation"),
    *(
        ({field: f"<h2>One</h2><p>x</p><h4>{words}</h4><p>x</p>"}, field, f"“{words}” is a heading")
        for field, words in (("body_en", "Two"), ("body_ru", "Два"))
    ),
    ({"body_en": "<h3>One</h3><p>x</p>"}, "body_en", "of level 3 under one of level 1"),
    *(
        ({field: f'<p><a href="/">{words}</a></p>'}, field, f"The link “{words}” does not say")
        for field, words in (
            ("body_en", "click here"),
            ("body_en", "Here"),
            ("body_en", "Read more…"),
            ("body_ru", "нажмите здесь"),
            ("body_ru", "Здесь"),
            ("body_ru", "Подробнее →"),
        )
    ),
]


@pytest.mark.parametrize(("values", "field", "said"), ASKED)
def test_a_warning_asks_once_and_loses_nothing(sent, publisher, values, field, said):
    answer = sent(**values)
    [(name, words)] = asked(answer)
    assert (name, said in words) == (field, True), words
    assert not Article.objects.exists()
    assert f'href="#id_{field}"' in text(answer)
    again = filled(answer)
    assert {each: again[each] for each in WHOLE} == WHOLE | {
        each: again[each] for each in values if each in WHOLE
    }
    assert published(publisher, ADD, again).status_code == 302
    row = Article.objects.published().get()
    # Readers see it so: of another change nothing is asked.
    page = publisher.get(address(row))
    assert publisher.post(address(row), filled(page, summary_en="New")).status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        "<h2>One</h2><p>x</p><h3>Two</h3><h4>Three</h4><p>x</p><h2>Four</h2><h3>Five</h3>",
        '<p><a href="/">Read more about the session here</a></p>',
    ],
)
def test_what_is_in_order_is_not_asked_about(sent, body):
    assert sent(body_en=body).status_code == 302


def test_a_draft_is_not_asked_about(sent):
    for values, _field, _said in ASKED:
        assert sent(**values, status="draft").status_code == 302


def test_who_was_asked_of_one_is_asked_of_another(sent, publisher):
    answer = sent(headline_ru=LONG)
    form = answer.context["adminform"].form
    accepted = {form.asking_button: form.asked_keys}
    again = filled(answer) | accepted
    answer = publisher.post(ADD, again | {"topics": []})
    assert [name for name, _words in asked(answer)] == ["delegations"]
    # The form knows what was answered before.
    assert filled(answer)["_all_the_same"] == form.asked_keys
    assert publisher.post(ADD, again | {"headline_ru": LONG + "!"}).status_code == 200
    for forged in ("", "x", "on", "\0"):
        answer = publisher.post(ADD, again | {form.asking_button: forged})
        assert asked(answer)
    # What was mended meanwhile does not ask again.
    assert publisher.post(ADD, again | {"headline_ru": "Слова"}).status_code == 302


def confirmed(client, page, **values):
    """Send a form with other values, and answer what it asks; return what that was about."""
    data = filled(client.get(page), **values)
    answer = client.post(page, data)
    form = answer.context["adminform"].form
    assert client.post(page, data | {form.asking_button: form.asked_keys}).status_code == 302
    return [each.field for each in form.asked]


def test_what_became_whole_since_is_asked_about_when_it_is_taken_away(publisher):
    row = make.article(status="draft", topics=[make.topic()])
    page, russian = f"{address(row)}?live", ("headline_ru", "summary_ru", "body_ru")
    assert confirmed(publisher, page, status="published") == ["headline_ru"]
    whole = filled(publisher.get(page), **{name: WHOLE[name] for name in russian})
    assert publisher.post(page, whole).status_code == 302
    for _time in range(2):
        assert confirmed(publisher, page, headline_ru="") == ["headline_ru"]
        assert (
            publisher.post(page, filled(publisher.get(page), headline_ru="Слова")).status_code
            == 302
        )


def test_what_was_answered_before_it_was_public_is_asked_after_it_was_withdrawn(publisher):
    make.article("later", published_at=timezone.now() + dt.timedelta(days=1))
    words = WHOLE | {"body_en": LINK % "/news/later/"}
    row = make.article(status="draft", topics=[make.topic()], **words)
    for _time in range(2):
        assert confirmed(publisher, f"{address(row)}?live", status="published") == ["body_en"]
        Article.objects.get(pk=row.pk).withdraw()


def test_of_a_draft_it_holds_while_readers_see_the_same(publisher):
    row = make.article(**WHOLE, topics=[make.topic()])
    draft = make.draft(row, summary_en="Other")
    draft.topics.set(row.topics.all())
    page = reverse("admin:news_articledraft_change", args=[draft.pk])
    moment = {"goes_public_at": "2126-05-21 10:00"}
    assert confirmed(publisher, page, headline_ru="", **moment) == ["headline_ru"]
    again = filled(publisher.get(page), summary_en="Another")
    assert publisher.post(page, again).status_code == 302
    row.summary_ru = "Иначе"
    row.save()
    assert confirmed(publisher, page, summary_en="Other") == ["headline_ru"]


def test_what_has_both_shows_both(sent):
    answer = sent(headline_ru=LONG, body_en=LINK % "/nothing/")
    assert list(errors(answer)) == ["body_en"]
    assert [name for name, _words in asked(answer)] == ["headline_ru"]
    assert text(answer).index("Nothing was saved. ") < text(answer).index("Look at this first")


def test_a_draft_over_a_public_article_is_asked_when_it_goes_public(publisher):
    live = make.article(**WHOLE, topics=[make.topic()])
    draft = make.draft(live, headline_ru=LONG, body_en=LINK % "/nothing/")
    draft.topics.set(live.topics.all())
    page = reverse("admin:news_articledraft_change", args=[draft.pk])
    assert publisher.post(page, filled(publisher.get(page), summary_en="x")).status_code == 302
    answer = publisher.post(page, filled(publisher.get(page), _publish=""))
    assert list(errors(answer)) == ["body_en"]
    assert [name for name, _words in asked(answer)] == ["headline_ru"]
    data = filled(publisher.get(page), body_en="<p>x</p>", _publish="")
    answer = publisher.post(page, data)
    assert 'name="_publish" value="' + answer.context["adminform"].form.asked_keys in text(answer)
    scheduled = filled(publisher.get(page), body_en="<p>x</p>", goes_public_at="2099-01-01 09:00")
    assert asked(publisher.post(page, scheduled))
    assert published(publisher, page, data).status_code == 302
    live.refresh_from_db()
    assert live.headline_ru == LONG


def test_in_the_language_of_the_desk(sent, publisher):
    publisher.cookies["django_language"] = "ru"
    answer = sent(body_ru='<p><a href="/">здесь</a></p>')
    assert asked(answer) == [("body_ru", "По ссылке «здесь» не понять, куда она ведёт.")]
    assert "Всё равно опубликовать" in text(answer)


def test_queries_do_not_grow_with_the_same_links(sent, publisher):
    for number in range(9):
        make.article(f"other-{number}")

    slugs = (f"of-{each}" for each in range(9))

    def cost(number):
        body = "".join(LINK % f"/news/other-{each % 3}/" for each in range(number))
        with CaptureQueriesContext(connection) as captured:
            assert sent(body_en=body, slug=next(slugs)).status_code == 302
        return len(captured)

    cost(3)

    assert cost(9) == cost(3)


def test_a_publication_that_is_asked_about_leaves_the_form_of_a_draft(publisher):
    row = make.article(status="draft", published_at=None, headline_en="x" * 95)
    Review.objects.take(row, Review.State.SUBMITTED, None, "")
    answer = publisher.post(address(row), filled(publisher.get(address(row)), _publish=""))
    assert "Nothing was saved yet" in text(answer)
    assert filled(answer)["status"] == "draft"
    buttons = {each.get("name"): each.get("value") for each in parsed(answer).iter("button")}
    assert "_withdraw" not in buttons
    assert "returned" in {
        each.get("value") for each in parsed(answer).iter("button") if each.get("name") == "_review"
    }
    # To save keeps a draft, whatever was answered; the button that says so publishes.
    tick = {"_all_the_same": buttons["_publish"]}
    assert publisher.post(address(row), filled(answer, **tick)).status_code == 302
    row.refresh_from_db()
    assert row.status == "draft"
    page = publisher.get(address(row))
    sent = filled(page, _publish=buttons["_publish"])
    assert publisher.post(address(row), sent).status_code == 302
    row.refresh_from_db()
    assert row.is_public


def test_a_withdrawal_that_is_asked_about_leaves_the_form_of_what_is_public(publisher):
    row = make.article()
    answer = publisher.post(address(row), filled(publisher.get(address(row)), _withdraw=""))
    assert filled(answer)["status"] == "published"
    assert publisher.post(address(row), filled(answer, summary_en="Mended")).status_code == 302
    row.refresh_from_db()
    assert (row.is_public, row.summary_en) == (True, "Mended")
    [keys] = [
        b.get("value") for b in parsed(answer).iter("button") if b.get("id") == "all-the-same"
    ]
    sent = filled(publisher.get(address(row)), _withdraw=keys, reason="Wrong day")
    assert publisher.post(address(row), sent).status_code == 302
    row.refresh_from_db()
    assert row.status == "draft"
    assert row.history.first().reason == "Wrong day"
