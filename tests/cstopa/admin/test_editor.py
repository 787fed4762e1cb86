"""The editor of formatted texts: what is made in it is kept, and nothing is changed by opening it."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from cstopa.models.richtext import formatted, in_plain_words
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.writing import TEXT, holds, save, value, write
from tests.reading import parsed

pytestmark = pytest.mark.django_db(transaction=True)

# All that older texts may have; and what stands otherwise than the editor would write it.
OLD = [
    "<p>Bare</p>\n\n<p>words</p>",
    "<ul>\n<li>a</li>\n<li><p>b</p><p>c</p></li>\n</ul><ol><li>d<ol><li>e</li></ol></li></ol>",
    '<ol start="3" type="a"><li>a</li></ol><ol start="0"><li>b</li></ol>',
    "<p>one<br>two<br></p><hr><p></p>",
    '<p lang="ru">Слово <span lang="de">Wort</span> <span>x</span></p>',
    "<p>CO<sub>2</sub>, m<sup>2</sup></p>",
    '<blockquote lang="de">bare</blockquote><blockquote><p>a</p><ul><li>b</li></ul></blockquote>',
    "words without a tag <strong>and some</strong> <p>with</p> and more",
    '<p><a href="/people/" hreflang="ru">a</a> <a>b</a> <a href="mailto:e@example.org">c</a></p>',
    "<h2>Part <em>one</em></h2><h3></h3><h4>Point</h4>",
    "<figure><blockquote><p>Said</p></blockquote><figcaption>Ann</figcaption></figure>",
    "<figure><figcaption>Ann</figcaption><blockquote>Said</blockquote></figure>",
    "<figure><p>No quotation</p><figcaption><p>a</p><p>b</p></figcaption></figure>",
    "<table><tbody><tr><td>a</td></tr><tr><th>b</th><td>c</td><td>d</td></tr></tbody></table>",
    '<table><caption>Of all</caption><thead><tr><th colspan="2">a</th></tr></thead>'
    '<tbody><tr><td rowspan="2">b</td><td><h2>c</h2></td></tr><tr><td></td></tr></tbody></table>',
    "<p>[[total]], [[seats:belarus]] and <strong>[[seats:belarus]]</strong></p>",
    '<ol start="3" type="a"><li>a</li></ol><p><a href="tel:+74951234567">b</a></p>',
    "<p>a  b &lt;press@example.org&gt; &amp;amp; a&lt;b\xa0c\u200b</p>",
]


# What the form holds


def test_each_formatted_text_has_its_editor_and_no_other_field(admin_client):
    for row, number in ((make.article(), 2), (make.page(), 2), (make.source(), 0)):
        answer = admin_client.get(page(row, "change"))
        found = parsed(answer).findall(".//div[@class='editor']")
        assert len(found) == number
        assert [each.find("textarea").get("lang") for each in found] == ["en", "ru"][:number]
        assert ("desk/editor/editor." in answer.text) == bool(number)
        assert "importmap" not in answer.text
        assert "material-icons" not in answer.text


def test_who_may_only_read_loads_no_editor(sign_in):
    answer = sign_in("Editor").get(page(make.article(), "change"))
    assert "desk/editor/" not in answer.text


# Writing


WRITTEN = {
    "words{Enter}more{Shift+Enter}lines": "<p>words</p><p>more<br>lines</p>",
    "{Control+b}a{Control+b} {Control+i}b": "<p><strong>a</strong> <em>b</em></p>",
    "{Alt+F10}h{Alt+F10}h{Escape}Part": "<h3>Part</h3>",
    "- a{Enter}b{Enter Tab}c{Enter Enter Enter}d": "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>",
    "see {Control+k}example.org/a{Enter}, yes": (
        '<p>see <a href="https://example.org/a">example.org/a</a>, yes</p>'
    ),
    "ab{Shift+ArrowLeft Control+k}press@example.org{Enter}": (
        '<p>a<a href="mailto:press@example.org">b</a></p>'
    ),
    "write to press@example.org now": (
        '<p>write to <a href="mailto:press@example.org">press@example.org</a> now</p>'
    ),
    "Said{Control+Shift+B End ArrowDown}Ann{Enter}more": (
        "<figure><blockquote><p>Said</p></blockquote><figcaption>Ann</figcaption></figure>"
        "<p>more</p>"
    ),
    "Said{Control+Shift+B Enter}so{Enter Enter}Ann": (
        "<figure><blockquote><p>Said</p><p>so</p></blockquote><figcaption>Ann</figcaption></figure>"
    ),
    "Said{Control+Shift+B}": "<blockquote><p>Said</p></blockquote>",
    "Said{Control+Shift+B Control+Shift+B}": "<p>Said</p>",
    "<b>a & b</b> <press@example.org>": "<p>&lt;b&gt;a &amp; b&lt;/b&gt; &lt;press@example.org&gt;</p>",
    "a{Enter Enter Enter}b{Enter}": "<p>a</p><p>b</p>",
    " {Enter} ": "",
}


@pytest.mark.parametrize(("keys", "html"), WRITTEN.items())
def test_what_is_written_with_the_keyboard_is_kept(desk, form, keys, html):
    row = form()
    write(desk, keys)
    holds(desk, html)
    save(desk)
    row.refresh_from_db()
    assert row.body_en == html


def test_a_table_is_made_filled_and_left_with_the_keyboard(desk, form):
    row = form("<p>a</p>")
    write(desk, "{Alt+F10}{End ArrowLeft ArrowLeft ArrowLeft}")
    assert desk.evaluate("document.activeElement.textContent") == "Table"
    write(desk, "{Enter}b{Tab}c{Tab}d{Tab}e{Tab}1")
    bar = desk.get_by_role("toolbar", name="Table")
    for name in ("Delete column", "Delete row", "Header column"):
        bar.get_by_role("button", name=name, exact=True).press("Enter")
        # The text has the focus back a frame later, and would take the key meant for the next one.
        expect(desk.locator(TEXT)).to_be_focused()
    bar.get_by_role("button", name="Caption").press("Enter")
    write(desk, "Of [[total]]{Enter ArrowDown ArrowDown ArrowDown}")
    assert bar.is_hidden()
    write(desk, "f")
    save(desk)
    row.refresh_from_db()
    assert row.body_en == (
        "<p>a</p><table><caption>Of [[total]]</caption>"
        '<thead><tr><th scope="col">b</th><th scope="col">d</th></tr></thead>'
        '<tbody><tr><th scope="row"></th><td></td></tr></tbody></table><p>f</p>'
    )


def test_an_address_that_would_be_dropped_is_refused_in_the_dialog(desk, form):
    form("<p>a</p>")
    write(desk, "{Control+a Control+k}javascript:steal(){Enter}")
    dialog = desk.get_by_role("dialog", name="Link")
    assert dialog.is_visible()
    write(desk, "{Control+a}some words{Enter}")
    assert dialog.is_visible()
    write(desk, "{Control+a}+7 (495) 123-45{Enter}")
    holds(desk, '<p><a href="tel:+749512345">a</a></p>')
    write(desk, "{Control+k Control+a}/people/{Enter}")
    holds(desk, '<p><a href="/people/">a</a></p>')
    write(desk, "{Control+k}")
    dialog.get_by_role("button", name="Remove").click()
    holds(desk, "<p>a</p>")
    write(desk, "{Control+k Escape}b")
    holds(desk, "<p>b</p>")
    assert desk.mistakes == []


# References


# What was there before


@pytest.mark.usefixtures("record")
def test_nothing_is_changed_by_opening_and_looking_at_it(desk, base_url, form):
    call_command("loaddata", "news", verbosity=0)
    rows = [Article.objects.get(), *(make.article(body_en=each) for each in OLD)]
    for row in rows:
        row.refresh_from_db()
        before = row.history.count()
        desk.goto(base_url + page(row, "change"))
        text = desk.locator(TEXT)
        text.click()
        write(desk, "{Control+End ArrowUp Control+Home ArrowDown}")
        holds(desk, row.body_en)
        # What is written and taken back is no change either.
        write(desk, "x{Backspace}")
        write(desk, "{Control+z Control+z Control+z}")
        holds(desk, row.body_en)
        save(desk)
        body = row.body_en
        row.refresh_from_db()
        assert (row.body_en, row.history.count()) == (body, before)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("old", OLD)
def test_after_an_edit_an_old_text_has_all_its_words_and_stays_as_it_is(desk, form, old):
    row = form(old)
    row.refresh_from_db()
    write(desk, "{Control+End}!")
    once = value(desk)
    assert in_words(once) == in_words(f"{row.body_en}!")
    assert formatted(once) == once
    for tag in (
        "hr",
        "sub",
        "sup",
        "em",
        "strong",
        'lang="ru"',
        'lang="de"',
        "hreflang",
        "<h4",
        "start=",
    ):
        assert (tag in once) == (tag in row.body_en)
    assert desk.mistakes == []


def in_words(html):
    return sorted("".join(in_plain_words(html).split()))


def test_a_text_that_another_script_writes_is_taken_over_and_each_edit_is_told(desk, form):
    form("<p>a</p>")
    desk.evaluate(
        """() => {
            window.told = 0;
            const text = document.querySelector("#id_body_en");
            text.form.addEventListener("input", (event) => { told += event.target === text; });
            text.value = "<h2>Back</h2>";
            text.dispatchEvent(new Event("change", {bubbles: true}));
        }"""
    )
    assert desk.locator(f"{TEXT} h2").inner_text() == "Back"
    assert desk.evaluate("told") == 0
    write(desk, "{Control+End}!")
    assert (value(desk), desk.evaluate("told")) == ("<h2>Back!</h2>", 1)
    desk.evaluate(
        """document.querySelector("#id_body_en").editor.insertHTML(
            "<p>b <b>c</b></p><script>steal()</script><table><tr><td>d</table>")"""
    )
    holds(
        desk, "<h2>Back!b <strong>c</strong></h2><table><tbody><tr><td>d</td></tr></tbody></table>"
    )
    assert desk.mistakes == []


def test_the_label_and_the_list_of_errors_lead_to_the_text(desk, form):
    form("<p>a</p>")
    desk.locator("#id_headline_en").focus()
    desk.locator("label[for=id_body_en]").click()
    assert desk.evaluate("document.activeElement.className").count("editor__text")
    assert desk.get_by_role("textbox", name="Body (in English)").count() == 1


def test_a_text_is_there_when_one_comes_back_to_the_page(desk, form, base_url):
    form("<p>a</p>")
    write(desk, "b")
    desk.goto(base_url + "/admin/")
    desk.go_back()
    holds(desk, "<p>ab</p>")
    expect(desk.locator(TEXT)).to_have_text("ab")


@pytest.mark.writes
def test_without_a_script_the_textarea_is_the_field(new_context, base_url, client, admin_user):
    row = make.article(status="draft", body_en="<p>a</p>")
    client.force_login(admin_user)
    context = new_context(java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}]
    )
    tab = context.new_page()
    tab.goto(base_url + page(row, "change"))
    assert tab.locator("[role=toolbar], dialog:not(.shortcuts, .day-calendar)").count() == 0
    tab.fill("#id_body_en", "one\n\ntwo")
    tab.locator("[name=_save]").click()
    row.refresh_from_db()
    assert row.body_en == "<p>one</p>\n\n<p>two</p>"


# What could be made


# For everyone


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.usefixtures("record")
def test_it_is_for_everyone_and_breaks_no_policy(desk, form, language):
    form(OLD[14] + OLD[10] + OLD[15], language)
    link, caption = {"en": ("Link", "Caption of the table"), "ru": ("Ссылка", "Подпись к таблице")}[
        language
    ]
    desk.locator(f"{TEXT} td").first.click()
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for media in (
            {"color_scheme": "light", "forced_colors": "none"},
            {"color_scheme": "dark"},
            {"forced_colors": "active"},
        ):
            desk.emulate_media(**media)
            assert faults(desk, {"include": [[".editor"]]}) == []
    for keys, name in (("{Control+k}", link), ("", caption)):
        write(desk, keys)
        if not keys:
            desk.locator("[data-command=caption]").first.click()
        assert desk.locator(".editor__dialog[open]").get_attribute("aria-label") == name
        assert faults(desk, {"include": [[".editor__dialog[open]"]]}) == []
        write(desk, "{Escape}")
    assert desk.mistakes == []


def faults(desk, context):
    found = Axe().run(desk, context=context, options={"preload": False}).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_its_share_of_the_page_is_small_and_hashed(desk, base_url):
    row, got = make.article(), []
    desk.on("response", lambda answer: got.append(answer))
    desk.goto(base_url + page(row, "change"))
    files = [
        each for each in got if "/django_prose_editor/" in each.url or "/desk/editor" in each.url
    ]
    assert all(re.search(r"[.][0-9a-f]{12}[.](js|css)$", each.url) for each in files)
    assert len(files) == len({each.url for each in files}) <= 6
    sizes = {each.url: each.request.sizes()["responseBodySize"] for each in files}
    assert sum(sizes.values()) <= 190 * 1024, json.dumps(sizes)
