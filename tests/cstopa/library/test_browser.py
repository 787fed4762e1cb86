"""Pictures that are dropped, pasted and chosen in a browser."""

import base64
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from cstopa.library.models import Picture, Upload
from tests import make
from tests.browser.tab import Tab
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import jpeg, picture, saved
from tests.cstopa.library.test_drawing import make as make_picture
from tests.cstopa.library.test_embedded import document_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]

ADD = reverse("admin:library_picture_add")
# A drop or a paste, as a browser tells of it.
BRINGS = """(element, [kind, files]) => {
  const brought = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    brought.items.add(new File([bytes], name, { type }));
  }
  const named = kind === "drop" ? "dataTransfer" : "clipboardData";
  const Told = kind === "drop" ? DragEvent : ClipboardEvent;
  element.dispatchEvent(new Told(kind, { [named]: brought, bubbles: true, cancelable: true }));
}"""


# The width of the rendition that a browser took, and of the place that it has.
TAKEN = """(image) => [
  Number(image.currentSrc.match(/-(\\d+)\\.avif$/)[1]),
  image.clientWidth,
]"""


def file(name, content, kind="image/jpeg"):
    return [name, kind, base64.b64encode(content).decode()]


def test_several_are_dropped_and_the_first_is_described(desk, base_url):
    desk.goto(base_url + ADD)
    box = desk.locator(".upload")
    dropped = [file("one.jpg", jpeg()), file("bad.svg", b"<svg/>"), file("two.png", jpeg())]
    box.evaluate(BRINGS, ["drop", dropped])
    said = desk.locator(".upload__said li")
    expect(said).to_have_text(
        ["Arrived: one.jpg", "bad.svg: This is SVG, HTML or another text, which may hold a program:"
         " save the picture as PNG.", "Arrived: two.png"]
    )  # fmt: skip
    expect(desk.get_by_role("link", name="Describe: two.png")).to_be_visible()
    shown = desk.get_by_alt_text("The picture of this form")
    expect(shown).to_be_visible()
    # A quarter from the left, three from above.
    size = shown.bounding_box()
    shown.click(position={"x": size["width"] / 4, "y": size["height"] * 3 / 4})
    expect(desk.get_by_label("Focal point, from the left")).to_have_value("25")
    expect(desk.get_by_label("Focal point, from above")).to_have_value("75")
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    desk.get_by_label("Text alternative (in English)").fill("Colours")
    desk.get_by_label("Text alternative (in Russian)").fill("Цвета")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    row = Picture.objects.get()
    assert (row.width, row.focal_x, row.focal_y) == (60, 25, 75)
    # Drawn at once: no worker runs.
    assert len(row.renditions.drawn) == 6
    # A bad picture is the answer 400, which a browser says.
    assert [each for each in desk.mistakes if "400" not in each] == []


def test_one_is_pasted_and_one_is_chosen_in_its_place(desk, base_url):
    desk.goto(base_url + ADD)
    pasted = [file("image.png", saved(picture(), "PNG"), "image/png")]
    desk.locator("body").evaluate(BRINGS, ["paste", pasted])
    expect(desk.locator(".upload__said li")).to_have_text(["Arrived: image.png"])
    chosen = {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": jpeg(width=90)}
    desk.get_by_label("Picture:", exact=True).set_input_files(chosen)
    expect(desk.locator(".upload__said li")).to_have_text(["Arrived: image.png", "Arrived: c.jpg"])
    desk.get_by_label("Decorative").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Picture.objects.get().width == 90
    assert desk.mistakes == []


def test_the_address_where_it_was_found_fits_into_its_panel(desk, base_url):
    row = make.picture(source_url=f"https://pictures.example/{'x' * 200}")
    desk.goto(base_url + page(row, "change"))
    fields = [desk.get_by_label("Source:"), desk.locator(".url a")]
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        panel = desk.locator(".desk-form__side").bounding_box()
        for each in fields:
            box = each.bounding_box()
            assert box["x"] >= panel["x"]
            assert box["x"] + box["width"] <= panel["x"] + panel["width"]
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_one_is_added_from_the_form_of_an_article_and_read_on_its_page(desk, base_url):
    """Four clicks from the form to the public page: open, a file, add it, publish."""
    article, other = make.article(), make.picture()
    desk.goto(base_url + page(article, "change"))
    desk.get_by_label("Headline (in English)").fill("Typed and not saved")
    desk.get_by_role("button", name="Choose a picture").click()
    picker = desk.get_by_role("dialog")
    expect(picker.get_by_role("button", name=str(other))).to_be_visible()
    picker.get_by_label("Picture:", exact=True).set_input_files(
        {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": jpeg(width=2400, height=1600)}
    )
    expect(picker.locator(".upload__said li")).to_have_text(["Arrived: c.jpg"])
    picker.get_by_label("Text alternative (in English)").fill("Colours")
    add = picker.get_by_role("button", name="Add and choose it")
    add.click()
    # What is wrong is told there, and what was written stays.
    expect(picker.get_by_text("Say in both languages what is to be seen")).to_be_visible()
    expect(picker.get_by_alt_text("The picture of this form")).to_be_visible()
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    picker.get_by_label("Text alternative (in Russian)").fill("Цвета")
    add.click()
    # It is drawn before the answer, where no worker draws.
    expect(picker).to_be_hidden(timeout=30_000)
    expect(desk.locator(".picked__words")).to_have_text("Colours")
    expect(desk.get_by_role("button", name="Choose another picture")).to_be_focused()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.headline_en == "Typed and not saved"
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        for address in (article.get_absolute_url(), "/", "/news/"):
            desk.goto(base_url + address)
            shown = desk.get_by_alt_text("Colours")
            shown.scroll_into_view_if_needed()
            expect(shown).to_have_js_property("complete", True)
            assert shown.evaluate("(image) => image.naturalWidth") > 0
            assert shown.evaluate("(image) => image.currentSrc").endswith(".avif")
            assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    assert [each for each in desk.mistakes if "404" not in each and "422" not in each] == []


def test_a_portrait_is_added_from_the_form_of_a_person(desk, base_url):
    """Five clicks: open, a file, add it, find the source, save."""
    person, source = make.person(), make.source(title_en="Site of the parliament")
    desk.goto(base_url + page(person, "change"))
    desk.get_by_role("button", name="Choose a picture").click()
    picker = desk.get_by_role("dialog")
    picker.get_by_label("Picture:", exact=True).set_input_files(
        {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": jpeg(width=1200, height=1600)}
    )
    picker.get_by_label("Text alternative (in English)").fill("Ann Example at a desk")
    picker.get_by_label("Text alternative (in Russian)").fill("Анна за столом")
    picker.get_by_role("button", name="Add and choose it").click()
    expect(picker).to_be_hidden(timeout=30_000)
    desk.get_by_role("combobox", name="Source of the portrait").press_sequentially("Site of")
    desk.get_by_role("option", name=str(source)).click()
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(base_url + person.get_absolute_url())
        shown = desk.get_by_alt_text("Ann Example at a desk")
        expect(shown).to_have_js_property("complete", True)
        assert shown.evaluate("(image) => image.currentSrc").endswith("480.avif")
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    assert [each for each in desk.mistakes if "404" not in each] == []


def test_an_article_of_twenty_moves_of_each_what_its_width_needs(context, base_url, done, settings):
    # Of the server, which answers with what is drawn here.
    settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
    with done():
        row = make_picture(picture(2000, 1000), is_decorative=True)
        # One width of each is drawn, which costs little; they are tall, so that the last is far below.
        others = [make_picture(picture(480, 720 + number)) for number in range(19)]
    text = "".join(f"<p>[[picture:{each.code}]]</p>" for each in (row, *others))
    article = make.article(body_en=f"<p>First.</p>{text}")
    drawn = sorted({each["width"] for each in row.renditions.drawn if each["shape"] == "whole"})
    tab = Tab(context, base_url)
    for width in (360, 1280):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.received.clear()
        tab.open(article.get_absolute_url())
        shown = tab.page.locator("article figure img")
        expect(shown).to_have_count(20)
        expect(shown.first).not_to_have_js_property("naturalWidth", 0)
        taken, place = shown.first.evaluate(TAKEN)
        # The next that is not smaller than its place.
        assert taken == next(each for each in drawn if each >= place)
        size, _requests = tab.moved()
        assert size < 60 * 1024
        # What is far below comes when it is near.
        expect(shown.last).to_have_js_property("naturalWidth", 0)
    shown.last.scroll_into_view_if_needed()
    expect(shown.last).not_to_have_js_property("naturalWidth", 0)


def test_one_is_chosen_by_the_keyboard_alone(desk, base_url):
    article, row = make.article(status="draft"), make.picture(alternative_en="A round table")
    make.picture()
    desk.goto(base_url + page(article, "change"))
    desk.get_by_role("button", name="Choose a picture").press("Enter")
    desk.get_by_role("dialog").get_by_label("What it shows").press_sequentially("round")
    expect(desk.locator(".picker__choice")).to_have_text(["A round table"])
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".picked__words")).to_have_text("A round table")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Save", exact=True).first.press("Enter")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.lead_picture == row


def test_a_dialog_without_pictures_has_its_reason_as_its_name(desk, base_url):
    desk.goto(base_url + page(make.article(status="draft"), "change"))
    pick = f"**{reverse('admin:library-pick')}"
    desk.route(pick, lambda route: route.fulfill(status=500, content_type="text/html"))
    desk.get_by_role("button", name="Choose a picture").click()
    expect(desk.get_by_role("dialog", name="The pictures do not come: try again.")).to_be_visible()
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    desk.unroute(pick)
    desk.get_by_role("button", name="Close").click()
    desk.get_by_role("button", name="Choose a picture").click()
    expect(desk.get_by_role("dialog", name="Choose a picture")).to_be_visible()


def test_one_is_pasted_into_a_text_and_one_chosen_for_it(desk, base_url):
    with_picture = make.picture(alternative_en="A round table")
    article = make.article(body_en="<p>First.</p><p>Second.</p>")
    desk.goto(base_url + page(article, "change"))
    text = desk.locator(".editor__text").first
    text.get_by_text("First.").click()
    pasted = [file("image.png", saved(picture(1000, 500), "PNG"), "image/png")]
    # What is not taken with it is named.
    pasted.append(file("news.docx", b"PK", ""))
    text.evaluate(BRINGS, ["paste", pasted])
    said = desk.locator(".field-body_en .paste__status")
    expect(said).to_have_text("Not taken; drop by themselves: news.docx")
    picker = desk.get_by_role("dialog")
    expect(picker.locator(".upload__said li")).to_have_text(["Arrived: image.png"])
    picker.get_by_label("Text alternative (in English)").fill("Colours")
    picker.get_by_label("Text alternative (in Russian)").fill("Цвета")
    picker.get_by_role("button", name="Add and choose it").click()
    # It is drawn before the answer, where no worker draws.
    expect(picker).to_be_hidden(timeout=30_000)
    made = Picture.objects.get(alternative_en="Colours")
    written = f"<p>First.</p><p>[[picture:{made.code}]]</p><p>Second.</p>"
    expect(desk.locator("#id_body_en")).to_have_value(written)
    shown = text.get_by_alt_text("Colours")
    expect(shown).to_have_js_property("naturalWidth", 480)
    text.get_by_text("Second.").click()
    desk.get_by_role("button", name="Picture", exact=True).first.click()
    picker.get_by_role("button", name="A round table").click()
    written += f"<p>[[picture:{with_picture.code}]]</p>"
    expect(desk.locator("#id_body_en")).to_have_value(written)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    # Opened again and saved, it is as it was.
    desk.goto(base_url + page(article, "change"))
    expect(text.get_by_alt_text("A round table")).to_be_attached()
    expect(desk.locator("#id_body_en")).to_have_value(written)
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(base_url + article.get_absolute_url())
        shown = desk.get_by_alt_text("Colours")
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", True)
        assert shown.evaluate("(image) => image.naturalWidth") > 0
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    assert [each for each in desk.mistakes if "404" not in each] == []


def test_those_of_a_document_stand_in_its_text_and_are_described(desk, base_url):
    """Two clicks for each: what Word says of it is there already."""
    article = make.article(status="draft", body_en="", body_ru="")
    desk.goto(base_url + page(article, "change"))
    content = document_with(saved(picture(1000, 500), "PNG"), jpeg(), b"<svg/>")
    with desk.expect_file_chooser() as chooser:
        desk.get_by_role("button", name="Insert a Word file").first.click()
    chooser.value.set_files({"name": "news.docx", "mimeType": "", "buffer": content})
    picker = desk.get_by_role("dialog")
    english = picker.get_by_label("Text alternative (in English)")
    expect(english).to_have_value("photo", timeout=30_000)
    expect(english).to_be_focused()
    expect(picker.get_by_alt_text("The picture of this form")).to_have_js_property(
        "naturalWidth", 1000
    )
    said = desk.locator(".field-body_en .paste__status")
    expect(said).to_have_text(
        re.compile("^Its pictures wait to be described. Picture 3 was left out.*SVG")
    )
    picker.get_by_label("Text alternative (in Russian)").fill("Цвета")
    picker.get_by_role("button", name="Add and choose it").click()
    expect(picker.get_by_alt_text("The picture of this form")).to_have_js_property(
        "naturalWidth", 60, timeout=30_000
    )
    # The second is left for later: it stays where it is.
    desk.keyboard.press("Escape")
    expect(picker).to_be_hidden()
    first, second = Picture.objects.get(), Upload.objects.get()
    written = "".join(f"<p>word</p><p>[[picture:{each.code}]]</p>" for each in (first, second))
    expect(desk.locator("#id_body_en")).to_have_value(f"{written}<p>word</p>")
    text = desk.locator(".field-body_en .editor__text")
    expect(text.get_by_alt_text("photo")).to_be_attached()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto(base_url + page(article, "change"))
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    text.get_by_role("button", name="Describe the picture").click()
    picker.get_by_label("Text alternative (in Russian)").fill("Другие цвета")
    picker.get_by_role("button", name="Add and choose it").click()
    expect(picker).to_be_hidden(timeout=30_000)
    expect(text.get_by_role("button", name="Describe the picture")).to_have_count(0)
    # Nothing of the text has changed, and it has the picture.
    assert (
        second.code
        in Picture.objects.get(alternative_ru="Другие цвета").placements.get().owner.body_en
    )
    assert desk.mistakes == []


def test_several_are_dropped_on_the_list(desk, base_url):
    desk.goto(base_url + page(Picture, "changelist"))
    dropped = [file("one.jpg", jpeg()), file("bad.svg", b"<svg/>"), file("two.jpg", jpeg())]
    desk.locator("body").evaluate(BRINGS, ["drop", dropped])
    said = desk.locator(".upload__said li")
    expect(said).to_have_text(["Arrived: one.jpg", re.compile("^bad.svg: "), "Arrived: two.jpg"])
    assert Axe().run(desk, options={"preload": False}).response["violations"] == []
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    desk.get_by_role("link", name="Describe: one.jpg").click()
    for name in ("one", "two"):
        desk.get_by_label("Text alternative (in English)").fill(name)
        desk.get_by_label("Text alternative (in Russian)").fill(name)
        desk.get_by_role("button", name="Save", exact=True).click()
        expect(desk.locator(".messagelist .success")).to_be_visible()
    assert sorted(row.name for row in Picture.objects.all()) == ["one.jpg", "two.jpg"]
    assert [each for each in desk.mistakes if "400" not in each] == []
