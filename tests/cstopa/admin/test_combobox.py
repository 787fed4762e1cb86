"""Rows found by typing: the combobox in the place of a select, with a keyboard and with a mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from delegations.models import Chamber, Office, Source
from news.models import Article
from tests import make
from tests.browser.tab import AXE, RUN, TAGS
from tests.cstopa.admin.rows import everything, page

pytestmark = pytest.mark.django_db(transaction=True)

FOCUSED = "document.activeElement.id"


@pytest.fixture
def box(desk, base_url):
    """Open a form, and return the combobox of a label in it."""

    def box(address, name):
        desk.goto(base_url + address)
        return desk.get_by_role("combobox", name=name, exact=True)

    return box


def axe(tab):
    tab.evaluate(AXE)
    return tab.evaluate(RUN, TAGS)


def test_several_rows_are_chosen_and_taken_away_with_the_keyboard_alone(desk, box):
    row = make.article(topics=[make.topic("elections", name_en="Elections")])
    law = make.topic("law", name_en="Model laws")
    topics = box(page(row, "change"), "Topics")
    topics.focus()
    desk.keyboard.type("law")
    desk.get_by_role("listbox").get_by_role("option", name="Model laws").wait_for()
    assert topics.get_attribute("aria-expanded") == "true"
    desk.keyboard.press("ArrowDown")
    active = topics.get_attribute("aria-activedescendant")
    assert desk.locator(f"#{active}").inner_text() == "Model laws"
    assert axe(desk) == []
    desk.keyboard.press("Enter")
    assert topics.get_attribute("aria-expanded") == "false"
    chosen = desk.get_by_role("list", name="Topics").get_by_role("listitem")
    assert chosen.count() == 2
    # The first of those chosen is two steps back, before the button of the second.
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Enter")
    assert chosen.count() == 1
    assert desk.evaluate(FOCUSED) == "id_topics_typed"
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    assert [*row.topics.all()] == [law]
    assert desk.mistakes == []


def test_one_row_is_chosen_left_as_it_was_by_escape_and_emptied(desk, box):
    first, second = make.source(title_en="First report"), make.source(title_en="Second report")
    row = make.article(source=first)
    source = box(page(row, "change"), "Source")
    assert source.input_value() == str(first)
    source.fill("second")
    desk.get_by_role("listbox").get_by_role("option").wait_for()
    desk.keyboard.press("Escape")
    assert source.input_value() == str(first)
    source.fill("second")
    desk.get_by_role("listbox").get_by_role("option").click()
    assert source.input_value() == str(second)
    desk.locator("[name=_continue]").click()
    desk.locator(".success").wait_for()
    row.refresh_from_db()
    assert row.source == second
    source.fill("")
    source.blur()
    desk.locator("[name=_save]").click()
    desk.locator("#changelist").wait_for()
    row.refresh_from_db()
    assert row.source is None
    assert desk.mistakes == []


def test_words_that_choose_nothing_are_not_lost_with_a_save(desk, box):
    law = make.topic("law", name_en="Model laws")
    former = make.source(title_en="First report")
    row = make.article(source=former)
    topics = box(page(row, "change"), "Topics")
    source = desk.get_by_role("combobox", name="Source", exact=True)
    said = desk.get_by_role("status").get_by_text("Nothing is chosen yet")
    topics.fill("law")
    desk.keyboard.press("Control+s")
    expect(said).to_be_visible()
    expect(topics).to_be_focused()
    source.fill("Second")
    desk.locator("[name=_save]").click()
    # Both say it, and keep their words.
    expect(said).to_have_count(2)
    assert (topics.input_value(), source.input_value()) == ("law", "Second")
    assert source.get_attribute("aria-invalid") == "true"
    assert axe(desk) == []
    topics.fill("law")
    desk.get_by_role("listbox").get_by_role("option", name="Model laws").wait_for()
    desk.keyboard.press("Enter")
    source.focus()
    desk.keyboard.press("Escape")
    expect(source).to_have_value("First report")
    expect(said).to_have_count(0)
    source.fill("")
    desk.keyboard.press("Control+s")
    desk.locator(".success").first.wait_for()
    row.refresh_from_db()
    assert ([*row.topics.all()], row.source) == ([law], None)
    assert desk.mistakes == []


def test_what_is_not_found_is_said(desk, box):
    topics = box(page(Article, "add"), "Topics")
    topics.fill("nothing like it")
    desk.get_by_role("status").get_by_text("Nothing was found.").wait_for()
    for number in range(21):
        make.topic(f"topic-{number}", name_en=f"Subject {number}")
    topics.fill("subject")
    desk.get_by_role("status").get_by_text("type more letters").wait_for()
    assert desk.get_by_role("listbox").get_by_role("option").count() == 20
    assert axe(desk) == []


def test_each_has_the_name_of_its_label_in_added_rows_too(desk, base_url):
    rows = everything()
    for model, name in ((Article, "Delegations"), (Office, "Person"), (Chamber, "Parliament")):
        desk.goto(base_url + page(rows[model], "change"))
        assert desk.get_by_role("combobox", name=name, exact=True).count() >= 1
    boxes = desk.locator("#allocations-group").get_by_role("combobox", name="Source", exact=True)
    before = boxes.count()
    desk.locator("#allocations-group .add-row button").click()
    assert boxes.count() == before + 1
    assert desk.mistakes == []


def test_a_row_that_is_added_changed_or_deleted_in_a_small_window_comes_back(desk, box):
    row = make.article()
    source = box(page(row, "change"), "Source")
    assert not desk.locator("#change_id_source").get_attribute("href")
    with desk.expect_popup() as opened:
        desk.locator("#add_id_source").click()
    opened.value.fill("#id_title_en", "A new report")
    opened.value.locator("[name=_save]").click()
    expect(source).to_have_value("A new report")
    with desk.expect_popup() as opened:
        desk.locator("#change_id_source").click()
    opened.value.fill("#id_title_en", "A better report")
    opened.value.locator("[name=_save]").click()
    expect(source).to_have_value("A better report")
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    row.refresh_from_db()
    assert row.source == Source.objects.get(title_en="A better report")
    assert desk.mistakes == []


def test_without_a_script_what_is_chosen_is_shown_and_kept(client, admin_user):
    client.force_login(admin_user)
    row = make.article(source=make.source(title_en="First report"))
    form = client.get(reverse("admin:news_article_change", args=[row.pk])).content.decode()
    assert f'<option value="{row.source_id}" selected>First report</option>' in form
