"""What is pasted and dropped into a text in a browser."""

import base64
import re

import pytest

from tests import make
from tests.cstopa.admin.rows import page, until_settled
from tests.cstopa.pasting.document import PROGRAMS, clipboard, text
from tests.cstopa.pasting.wordfile import PICTURE, document, p

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = ".field-body_en .editor__text"
STATUS = ".field-body_en .paste__status"
PASTE = """([selector, data]) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
    document.querySelector(selector).dispatchEvent(
        new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
DROP = """([selector, name, content]) => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
    const target = document.querySelector(selector);
    const {left, top} = target.getBoundingClientRect();
    return ["dragover", "drop"].map((kind) => !target.dispatchEvent(new DragEvent(kind,
        {dataTransfer, bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20})));
}"""
SLOW = """(milliseconds) => {
    const {fetch} = window;
    window.fetch = async (...request) => {
        await new Promise((done) => setTimeout(done, milliseconds));
        return fetch(...request);
    };
}"""


@pytest.fixture
def form(desk, base_url):
    """Open the form of a draft; the cursor stands at the end of its body."""

    def form(body="", **fields):
        row = make.article(status="draft", body_en=body, **fields)
        desk.goto(base_url + page(row, "change"))
        desk.locator(TEXT).focus()
        until_settled(desk)
        press(desk, "Control+End")
        return row

    return form


def press(desk, key):
    desk.keyboard.press(key)
    # What is selected is known to the page a moment later.
    desk.evaluate("() => new Promise(requestAnimationFrame)")


def paste(desk, html, plain="plain"):
    desk.evaluate(PASTE, [TEXT, {"text/html": html, "text/plain": plain}])


def drop(desk, content, name="news.docx", on=TEXT):
    return desk.evaluate(DROP, [on, name, base64.b64encode(content).decode()])


def said(desk, words):
    desk.locator(STATUS).filter(has_text=re.compile(words)).wait_for()


def value(desk):
    return desk.locator("#id_body_en").input_value()


def test_what_fails_holds_up_neither_what_is_pasted_next_nor_a_save(desk, form):
    row = form()
    broken = {"html": 5, "notes": []}
    desk.route(re.compile("/paste/"), lambda route: route.fulfill(json=broken), times=1)
    paste(desk, "<b>first</b>")
    said(desk, "could not be inserted")
    paste(desk, "<b>second</b>")
    desk.locator("[name=_save]").click()
    desk.locator(".success").first.wait_for()
    row.refresh_from_db()
    assert row.body_en == "<p><strong>second</strong></p>"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_copies_is_pasted_and_saved(desk, form, program, language):
    row = form()
    paste(desk, clipboard(program, language))
    said(desk, "1.picture was left out")
    assert value(desk) == text(program, language)
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    row.refresh_from_db()
    assert row.body_en == text(program, language)
    assert desk.mistakes == []


def test_a_word_is_pasted_into_its_line_and_undone_in_one_step(desk, form):
    form("<p>one three</p>")
    for _each in "three":
        press(desk, "ArrowLeft")
    paste(desk, "<meta charset='utf-8'><b style='font-weight:normal'><b>two</b> </b>", "two ")
    said(desk, "Inserted")
    assert value(desk) == "<p>one <strong>two</strong> three</p>"
    desk.keyboard.type("x")
    press(desk, "Control+z")
    assert value(desk) == "<p>one <strong>two</strong> three</p>"
    press(desk, "Control+z")
    assert value(desk) == "<p>one three</p>"
    assert desk.mistakes == []


def test_what_is_pasted_stands_where_it_was_meant_to_whatever_is_written_meanwhile(desk, form):
    form("<p>a-</p>")
    desk.evaluate(SLOW, 700)
    paste(desk, "<b>first</b>")
    said(desk, "Cleaning")
    assert desk.locator(TEXT).get_attribute("aria-busy") == "true"
    paste(desk, "<i>second</i>")
    desk.keyboard.type("-z")
    press(desk, "Control+Home")
    desk.keyboard.type("b")
    said(desk, "Inserted")
    assert value(desk) == "<p>ba-<strong>first</strong><em>second</em>-z</p>"
    # The cursor is where it was put.
    desk.keyboard.type("c")
    assert value(desk) == "<p>bca-<strong>first</strong><em>second</em>-z</p>"
    assert desk.locator(TEXT).get_attribute("aria-busy") is None
    assert desk.mistakes == []


def test_nothing_is_sent_without_what_is_being_cleaned(desk, form):
    row = form("<p>a:</p>")
    desk.evaluate(SLOW, 500)
    paste(desk, "<b>late</b>")
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    row.refresh_from_db()
    assert row.body_en == "<p>a:<strong>late</strong></p>"
    assert desk.mistakes == []


@pytest.mark.parametrize("lost", ["connection", "session", "too deep"])
def test_where_the_server_does_not_help_the_words_are_inserted(desk, form, lost, context):
    form("<p>a</p>")
    html = "<b>one</b><p>two &lt;b"
    if lost == "connection":
        desk.route("**/admin/paste/", lambda route: route.abort())
    elif lost == "session":
        context.clear_cookies()
    else:
        html = "<div>" * 500
    paste(desk, html, "one\r\ntwo <b")
    said(desk, "without their formatting")
    sentence = {
        "connection": "does not answer",
        "session": "does not answer",
        "too deep": "too many",
    }
    assert sentence[lost] in desk.locator(STATUS).inner_text()
    assert value(desk) == "<p>aone</p><p>two &lt;b</p>"
    # The browser itself tells of the answer that was none.
    assert all("Failed to load resource" in each for each in desk.mistakes)


def test_what_is_no_page_of_another_program_is_the_editors_own_matter(desk, form):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    form("<p>a</p>")
    asked.clear()
    paste(desk, '<p data-pm-slice="1 1 []">own</p>')
    desk.evaluate(PASTE, [TEXT, {"text/plain": " plain"}])
    assert value(desk) == "<p>aown plain</p>"
    assert asked == []
    assert desk.mistakes == []


NEWS = document(p("New headline", style="Title"), p("Words", PICTURE), p("an item", level=0))


@pytest.mark.parametrize("way", ["button", "drop", "beside"])
def test_a_document_of_word_becomes_the_text_and_its_title_the_headline(desk, form, way):
    form()
    desk.fill("#id_headline_en", "")
    if way == "button":
        with desk.expect_file_chooser() as chooser:
            desk.locator(".field-body_en").get_by_role("button", name="Insert a Word file").click()
        chooser.value.set_files({"name": "news.docx", "mimeType": "", "buffer": NEWS})
    else:
        assert drop(desk, NEWS, on=TEXT if way == "drop" else "#content h1") == [True, True]
    said(desk, "Picture 1 was left out")
    assert value(desk) == "<p>Words</p><ul><li>an item</li></ul>"
    assert desk.locator("#id_headline_en").input_value() == "New headline"
    assert desk.mistakes == []


def test_a_headline_that_is_there_stays(desk, form):
    form(headline_en="Mine")
    drop(desk, NEWS)
    said(desk, "Picture 1 was left out")
    assert value(desk).startswith("<h2>New headline</h2><p>Words</p>")
    assert desk.locator("#id_headline_en").input_value() == "Mine"


def test_another_file_takes_nothing_away(desk, form):
    form("<p>a</p>")
    address = desk.url
    for on in (TEXT, "#content h1"):
        assert drop(desk, b"%PDF-1.7", "news.pdf", on) == [True, True]
        said(desk, "Only documents of Word")
    drop(desk, b"%PDF-1.7")
    said(desk, "This is a PDF")
    desk.evaluate("document.querySelector('.field-body_en .paste').dataset.largest = 10")
    drop(desk, NEWS)
    said(desk, "larger than 20")
    assert (desk.url, value(desk)) == (address, "<p>a</p>")
    assert all("400" in each for each in desk.mistakes)


def test_a_written_page_takes_a_document_too(desk, base_url):
    desk.goto(base_url + page(make.page("about"), "change"))
    desk.fill("#id_title_en", "")
    drop(desk, NEWS)
    said(desk, "Picture 1 was left out")
    assert desk.locator("#id_title_en").input_value() == "New headline"
