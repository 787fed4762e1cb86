import datetime as dt
from unittest import mock

import html5lib
import pytest
from django.contrib.messages import get_messages

from cstopa.admin import conflicts
from delegations.models import SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, errors, filled, published
from tests.growth import costs
from tests.reading import words

pytestmark = pytest.mark.django_db


def save(client, row, opened, **values):
    return published(client, page(row, "change"), filled(opened, **values))


@pytest.fixture
def two_tabs(admin_client):
    """A row of 7 seats, opened by two editors of whom the first has saved 9."""
    row = make.allocation(seats=7)
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, seats=9, **corrected()).status_code == 302
    return row, opened


def said(response):
    return [str(each) for each in get_messages(response.wsgi_request)]


def asked(response):
    """Return ``{label: (theirs, mine)}`` of what a page asks, in words, marks in brackets."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    return {
        words(field.find("legend")): tuple(
            words(side.find(".//*[@class]"))
            for side in reversed(field.findall(".//div[@class='merge__side']"))
        )
        for field in page.findall(".//fieldset[@class='merge__field']")
    }


def test_what_she_did_not_touch_stays_as_another_saved_it(admin_client, admin_user, two_tabs):
    row, opened = two_tabs
    saved = save(admin_client, row, opened, checked_on="2026-05-21")
    assert saved.status_code == 302
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (9, "2026-05-21")
    *_before, message, _saved = said(saved)
    assert f"{admin_user.username} saved it too" in message
    assert message.endswith("stays in: Seats. What you wrote is added in: Checked on.")
    assert row.history.first().is_correction is False


def test_of_what_both_wrote_she_is_asked(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8, checked_on="2026-05-21")
    assert list(errors(shown)) == ["seats"]
    assert SeatAllocation.objects.get().seats == 9
    assert asked(shown) == {"Seats": ("[deleted: 7][added: 9]", "[deleted: 7][added: 8]")}
    assert filled(shown)["seats"] == "8"
    assert filled(shown)["checked_on"] == "2026-05-21"


def test_she_keeps_hers(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8, **corrected())
    answer = {"seats-choice": "mine"}
    assert save(admin_client, row, shown, **answer).status_code == 302
    assert SeatAllocation.objects.get().seats == 8


def test_she_takes_theirs(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8, checked_on="2026-05-21")
    answer = {"seats-choice": "theirs"}
    assert save(admin_client, row, shown, **answer).status_code == 302
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (9, "2026-05-21")


@pytest.mark.parametrize("answer", [{}, {"seats-choice": "x"}])
def test_without_an_answer_she_is_asked_again(admin_client, two_tabs, answer):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8, **corrected())
    again = save(admin_client, row, shown, **answer)
    assert list(asked(again)) == ["Seats"]
    assert SeatAllocation.objects.get().seats == 9
    assert save(admin_client, row, again, seats=9).status_code == 302


def test_hers_that_overwrites_is_still_a_correction_or_a_change(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8)
    answer = {"seats-choice": "mine"}
    shown = save(admin_client, row, shown, **answer)
    assert list(errors(shown)) == ["what_happened"]
    assert save(admin_client, row, shown, **corrected()).status_code == 302


def test_a_third_save_in_between_is_asked_as_well(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, seats=8, **corrected())
    row.seats = 10
    row.save()
    answer = {"seats-choice": "mine"}
    again = save(admin_client, row, shown, **answer)
    assert asked(again) == {"Seats": ("[deleted: 9][added: 10]", "[deleted: 9][added: 8]")}
    assert SeatAllocation.objects.get().seats == 10
    again = save(admin_client, row, again, **{"seats-choice": "theirs"})
    assert again.status_code == 302
    assert SeatAllocation.objects.get().seats == 10


def test_a_mistake_beside_it_hides_nothing(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="x", seats=8)
    assert set(errors(shown)) == {"checked_on", "seats"}
    assert filled(shown)["checked_on"] == "x"


def test_a_mistake_shows_what_is_taken_and_saves_nothing(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="x")
    assert list(errors(shown)) == ["checked_on"]
    assert "What was saved then stays in: Seats." in main_of_desk(shown)
    assert filled(shown)["seats"] == "9"
    assert save(admin_client, row, shown, checked_on="2026-05-21").status_code == 302
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (9, "2026-05-21")


def test_what_does_not_go_together_is_refused_as_a_whole(admin_client):
    row = make.allocation(valid_from=dt.date(2020, 1, 1))
    opened = admin_client.get(page(row, "change"))
    row.valid_from = dt.date(2025, 1, 1)
    row.save()
    shown = save(admin_client, row, opened, valid_to="2024-12-31")
    assert list(errors(shown)) == ["valid_to"]
    assert filled(shown)["valid_to"] == "2024-12-31"
    assert SeatAllocation.objects.get().valid_to is None


def test_a_row_inside_another_form_is_merged_too(admin_client, two_tabs):
    row, _opened = two_tabs
    opened = admin_client.get(page(row.chamber, "change"))
    row.seats = 10
    row.save()
    values = {"allocations-0-checked_on": "2026-05-21"}
    saved = save(admin_client, row.chamber, opened, **values)
    assert saved.status_code == 302
    assert "What you wrote is added in: Checked on." in said(saved)[0]
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (10, "2026-05-21")


def test_of_a_row_inside_another_form_she_is_asked_too(admin_client, two_tabs):
    row, _opened = two_tabs
    opened = admin_client.get(page(row.chamber, "change"))
    row.seats = 10
    row.save()
    values = {"allocations-0-seats": 8, **corrected("allocations-0-")}
    shown = save(admin_client, row.chamber, opened, **values)
    assert list(errors(shown)) == ["allocations-0-seats"]
    assert SeatAllocation.objects.get().seats == 10
    answer = {"allocations-0-seats-choice": "mine"}
    assert save(admin_client, row.chamber, shown, **answer).status_code == 302
    assert SeatAllocation.objects.get().seats == 8


def test_relations_are_merged_and_named(admin_client):
    row = make.article(headline_en="First")
    opened = admin_client.get(page(row, "change"))
    topic, other = make.topic(name_en="Model laws"), make.topic(name_en="Sessions")
    assert save(admin_client, row, opened, topics=[topic.pk]).status_code == 302
    shown = save(admin_client, row, opened, topics=[other.pk])
    assert asked(shown) == {"Topics": ("[added: Model laws]", "[added: Sessions]")}
    assert save(admin_client, row, opened, headline_en="Second").status_code == 302
    row.refresh_from_db()
    assert row.headline_en == "Second"
    assert list(row.topics.all()) == [topic]


def test_every_kind_of_field_takes_what_another_saved(admin_client):
    values = {
        "headline_en": "New",
        "summary_en": "One.\nTwo.",
        "body_en": "<p>One <em>word</em>.</p>",
        "published_at": "2026-05-21 10:30",
        "status": "published",
        "source": make.source().pk,
        "people": [make.person().pk, make.person().pk],
    }
    row = make.article(status="draft", published_at=None)
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, **values).status_code == 302
    version = row.history.first()
    # It would be public at once: she is shown what it has become.
    asked = save(admin_client, row, opened, slug="another")
    assert save(admin_client, row, asked).status_code == 302
    after = filled(admin_client.get(page(row, "change")))
    assert {name: after[name] for name in values} == {
        name: [str(each) for each in value] if isinstance(value, list) else str(value)
        for name, value in values.items()
    }
    assert row.history.first().slug == "another"
    assert row.history.first().published_at == version.published_at


def test_every_kind_of_field_is_asked_of_in_words(admin_client):
    moment = dt.datetime(2026, 5, 21, 7, tzinfo=dt.UTC)
    row = make.article(status="draft", published_at=moment, summary_en="Summary")
    sources = [make.source(title_en="A law"), make.source(title_en="An act")]
    opened = admin_client.get(page(row, "change"))
    first, second = (
        {
            "status": status,
            "published_at": f"2026-05-21 {hour}:30",
            "source": source.pk,
            "summary_en": words,
        }
        for status, hour, source, words in zip(
            ("published", "draft"), (11, 12), sources, ("One", "Two"), strict=True
        )
    )
    assert save(admin_client, row, opened, **first).status_code == 302
    shown = save(admin_client, row, opened, **second)
    words = "21 May 2026, [deleted: 10:00][added: {}:30]"
    assert asked(shown) == {
        "Summary (in English)": (
            "[deleted: Summary][added: One]",
            "[deleted: Summary][added: Two]",
        ),
        "Published at": (words.format(11), words.format(12)),
        "Source": ("[added: A law]", "[added: An act]"),
    }
    answers = ("theirs", "mine", "theirs")
    names = ("summary_en", "published_at", "source")
    choices = {f"{name}-choice": each for name, each in zip(names, answers, strict=True)}
    assert save(admin_client, row, shown, **choices).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.summary_en, row.source) == ("published", "One", sources[0])
    assert row.published_at == dt.datetime(2026, 5, 21, 9, 30, tzinfo=dt.UTC)


def test_a_tick_takes_what_another_saved(admin_client):
    row = make.allocation(valid_to=dt.date(2026, 1, 1), valid_to_is_latest=True)
    opened = admin_client.get(page(row, "change"))
    row.valid_to_is_latest = False
    row.save()
    assert save(admin_client, row, opened, checked_on="2026-05-21").status_code == 302
    row.refresh_from_db()
    assert (row.valid_to_is_latest, str(row.checked_on)) == (False, "2026-05-21")


def test_both_who_wrote_the_same_agree(admin_client, two_tabs):
    row, opened = two_tabs
    assert save(admin_client, row, opened, seats=9).status_code == 302
    assert row.history.count() == 2


def test_words_with_signs_of_html_are_shown_as_they_are(admin_client):
    row = make.topic(name_en="A & B")
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, name_en="<i>C</i>").status_code == 302
    shown = save(admin_client, row, opened, name_en="A < B")
    assert asked(shown)["Name (in English)"] == (
        "[deleted: A & B][added: <i>C</i>]",
        "A [deleted: &][added: <] B",
    )


def test_a_body_is_shown_as_text_where_both_wrote_it(admin_client):
    paragraphs = "".join(f"<p>Paragraph {number}.</p>" for number in range(40))
    row = make.article(body_en=f"<p>One two.</p>{paragraphs}")
    opened = admin_client.get(page(row, "change"))
    first = {"body_en": f"<p>One three.</p>{paragraphs}"}
    assert save(admin_client, row, opened, **first).status_code == 302
    shown = save(admin_client, row, opened, body_en=f"<p>Four two.</p>{paragraphs}")
    ((theirs, mine),) = asked(shown).values()
    rest = "Paragraph 0.… 39 paragraphs are the same …"
    assert theirs == f"One [deleted: two][added: three].{rest}"
    assert mine == f"[deleted: One][added: Four] two.{rest}"


def test_what_a_command_saved_is_its_command_s(admin_client):
    row = make.topic()
    opened = admin_client.get(page(row, "change"))
    row._change_reason = "loaddata"
    row.name_en = "New"
    row.save()
    assert "loaddata saved it too" in said(save(admin_client, row, opened, name_ru="Новое"))[0]


def test_who_waited_in_vain_has_still_seen_the_old_version_alone(admin_client):
    row = make.topic(name_en="Laws")
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, name_en="Model laws").status_code == 302
    with mock.patch.object(conflicts, "why_put_off", return_value="Why."):
        shown = save(admin_client, row, opened, name_ru="Законы")
    assert save(admin_client, row, shown).status_code == 302
    row.refresh_from_db()
    assert (row.name_en, row.name_ru) == ("Model laws", "Законы")


def test_what_was_put_back_is_not_in_the_way(admin_client, two_tabs):
    row, opened = two_tabs
    row.seats = 7
    row.save()
    assert save(admin_client, row, opened, checked_on="2026-05-21").status_code == 302


def test_a_script_that_names_no_version_is_not_compared(admin_client, two_tabs):
    row, opened = two_tabs
    answer = save(admin_client, row, opened, seen_version=None, **corrected())
    assert answer.status_code == 302


@pytest.mark.parametrize("version", ["x", "0", "-1", "9" * 30, "1.5", "\0"])
def test_where_the_version_is_not_known_she_is_asked_of_all_that_differs(admin_client, version):
    row = make.allocation(seats=7)
    opened = admin_client.get(page(row, "change"))
    shown = save(admin_client, row, opened, seen_version=version, seats=8)
    assert list(errors(shown)) == ["seats"]
    assert asked(shown) == {"Seats": ("7", "[deleted: 7][added: 8]")}
    assert SeatAllocation.objects.get().seats == 7
    answer = {"seats-choice": "mine"}
    assert save(admin_client, row, shown, **answer, **corrected()).status_code == 302


def test_the_version_of_another_row_is_not_known(admin_client):
    row, other = make.allocation(seats=7), make.allocation()
    opened = admin_client.get(page(row, "change"))
    version = other.history.get().pk
    assert errors(save(admin_client, row, opened, seen_version=version, seats=8))


def test_a_form_costs_the_same_with_more_versions(admin_client):
    row = make.allocation()
    pages = [page(row, "change"), page(row.chamber, "change")]
    costs(admin_client, pages)
    before = costs(admin_client, pages)
    for seats in range(20, 25):
        row.seats = seats
        row.save()
    assert costs(admin_client, pages) == before


def main_of_desk(response):
    return words(html5lib.parse(response.text, namespaceHTMLElements=False).find(".//main"))
