"""What is pressed at the desk is large enough, and what is needed is in sight, in a browser."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.publishing.models import Review
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = """elements => elements.map((each) => {
  const { width, height } = each.getBoundingClientRect();
  return [each.innerText || each.value, Math.min(width, height)];
})"""
PRESSED = "#content-main :is(a, button, select, label:has(input), input[type=submit])"


@pytest.fixture
def article():
    article = make.article(status="draft", published_at=None, headline_ru="Заседание Ассамблеи")
    article.headline_en = "Anew"
    article.save()
    Review.objects.take(article, Review.State.SUBMITTED, User.objects.get(), "Please read it.")
    return article


@pytest.mark.parametrize(("width", "least"), [(1280, 24), (360, 44)])
def test_what_is_pressed_is_large_enough(desk, base_url, article, width, least):
    make.article(status="draft").delete()
    desk.set_viewport_size({"width": width, "height": 800})
    for address in (reverse("admin:trash"), page(article, "history")):
        desk.goto(base_url + address)
        sizes = desk.locator(PRESSED).evaluate_all(SIZES)
        buttons = desk.locator("#content-main button").evaluate_all(SIZES)
        assert sizes
        assert [each for each in sizes if each[1] < 24] == []
        assert [each for each in buttons if each[1] < least] == []


def test_who_reviews_sees_what_there_is_to_do(desk, base_url, article):
    desk.set_viewport_size({"width": 1280, "height": 800})
    for row in (article, make.draft()):
        desk.goto(base_url + page(row, "change"))
        is_waiting = row == article
        names = ("Approve", "Return") if is_waiting else ("Submit for review",)
        shown = [desk.get_by_role("button", name=each, exact=True) for each in names]
        shown += [desk.get_by_role("link", name="Send for approval by link")]
        shown += [desk.get_by_label("Comment")] if is_waiting else []
        bar = desk.locator(".submit-row").bounding_box()
        for each in shown:
            box = each.bounding_box()
            assert box["y"] + box["height"] <= bar["y"], each


def test_who_reviews_on_a_telephone_answers_before_the_words(desk, base_url, article):
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto(base_url + page(article, "change"))
    words = desk.locator("#id_headline_en").bounding_box()["y"]
    for name in ("Approve", "Return"):
        assert desk.get_by_role("button", name=name, exact=True).bounding_box()["y"] < words
    # In the order in which they are seen, and Enter in a field takes no step.
    desk.get_by_role("button", name="Preview").locator("visible=true").first.focus()
    for name in ("Approve", "Return", "Comment"):
        desk.keyboard.press("Tab")
        assert desk.evaluate("document.activeElement.textContent") == name
    first = desk.locator("#article_form :is(button:not([type=button]), [type=submit])").first
    assert first.get_attribute("name") == "_preview"
    desk.keyboard.press("Enter")
    assert desk.evaluate("location.hash") == "#id_review_comment"
    desk.locator("#id_review_comment").fill("Who said so?")
    desk.get_by_role("button", name="Return", exact=True).click()
    desk.get_by_text("Returned, with your comment.").wait_for()
    assert Review.objects.current_of(article).comment == "Who said so?"


def test_filters_stand_beside_the_rows_or_folded_above_them(desk, base_url, article):
    desk.goto(base_url + page(Article, "changelist"))
    choice = desk.get_by_role("link", name="draft", exact=True)
    rows = desk.locator("#result_list")
    assert choice.is_visible()
    assert choice.bounding_box()["x"] > rows.bounding_box()["x"] + rows.bounding_box()["width"]
    desk.set_viewport_size({"width": 360, "height": 800})
    assert not choice.is_visible()
    desk.get_by_text("Filter", exact=True).locator("visible=true").click()
    assert choice.bounding_box()["y"] < rows.bounding_box()["y"]
    choice.click()
    desk.get_by_text("Filter: in use").click()
    assert desk.get_by_role("link", name="Clear all filters").is_visible()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_list_fits_a_telephone_and_names_its_values(desk, base_url, article, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    make.page()
    make.person()
    for name in ("news_article", "written_page", "delegations_person", "auth_user"):
        for width in (360, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            desk.goto(f"{base_url}{reverse(f'admin:{name}_changelist')}")
            row = desk.locator("#result_list tbody tr").first
            head = desk.locator("#result_list thead th").last
            last = row.locator("td").last
            label = last.evaluate("each => getComputedStyle(each, '::before').content")
            said = head.locator(".text").text_content().strip()
            assert (said in label) == (width == 360), (name, width, label)
        desk.set_viewport_size({"width": 360, "height": 800})
        wide = desk.locator(".results").evaluate("each => each.scrollWidth - each.clientWidth")
        assert wide <= 0, name


@pytest.mark.parametrize(("width", "seen"), [(1280, 1), (1600, 1), (360, 0.6)])
def test_a_wide_preview_is_drawn_whole(desk, base_url, article, width, seen):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(f"{base_url}/admin/news/article/{article.pk}/preview/?width=1280")
    box, frame = (desk.locator(each).bounding_box() for each in (".preview", "iframe"))
    assert desk.frame_locator("iframe").locator("html").evaluate("each => each.clientWidth") > 1260
    if seen == 1:
        assert frame["width"] <= box["width"]
    else:
        assert frame["width"] * seen > 360
        assert desk.locator(".preview").evaluate("each => each.scrollWidth > each.clientWidth")
    assert frame["height"] == pytest.approx(640, abs=2)
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_bar_of_the_editor_has_two_rows_beside_another_language(
    desk, base_url, article, language
):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(base_url + page(article, "change"))
    desk.locator(".field-body_en .editor__text").wait_for()
    buttons = desk.locator(".field-body_en .editor__bar").first.locator("button:visible")
    rows = {round(each.bounding_box()["y"]) for each in buttons.all()}
    assert len(rows) <= 2


def test_a_headline_has_room_in_the_list(desk, base_url):
    make.article(headline_en="The Council of the Assembly meets in the capital of a member")
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(base_url + reverse("admin:news_article_changelist"))
    assert desk.locator("tbody th").bounding_box()["width"] > 320
