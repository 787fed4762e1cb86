"""What is written in the editor of a formatted text, with the keyboard."""

import re

from playwright.sync_api import expect

from tests.cstopa.admin.rows import until_settled

TEXT = ".field-body_en .editor__text"


def write(desk, keys):
    """Type; what stands between braces is a key or several of them."""
    for part in re.split(r"(\{[^}]*\})", keys):
        if part.startswith("{"):
            for key in part[1:-1].split():
                desk.keyboard.press(key)
                # What is selected is known to the page a moment later.
                desk.evaluate(
                    "() => new Promise((d) => requestAnimationFrame(() => setTimeout(d)))"
                )
        elif part:
            desk.keyboard.type(part)


def enter(desk, text):
    """Set the cursor to the end of a text."""
    desk.locator(text).focus()
    until_settled(desk)
    write(desk, "{Control+End}")


def select_back(desk, words):
    """Select the words before the cursor, key by key: the first may come before the editor knows of it."""
    for _key in words + words:
        if desk.evaluate("String(getSelection())") == words:
            return
        write(desk, "{Shift+ArrowLeft}")


def value(desk):
    return desk.locator("#id_body_en").input_value()


def holds(desk, html, field="body_en"):
    """Wait until the field holds this: a dialog answers a moment after it is closed."""
    expect(desk.locator(f"#id_{field}")).to_have_value(html)


def save(desk):
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    assert desk.mistakes == []
