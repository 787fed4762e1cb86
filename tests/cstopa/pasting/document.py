"""One text, in each language, as five programs put it on the clipboard."""

from pathlib import Path
from string import Template

CLIPBOARDS = Path(__file__).parent / "clipboards"
PROGRAMS = sorted(path.stem for path in CLIPBOARDS.glob("*.html"))
WORDS = {
    "en": {
        "lang": "EN-US",
        "title": "The session’s outcome",
        "before": "“The budget” was adopted by",
        "strong": "all delegations",
        "deleted": "almost",
        "inserted": "with",
        "number": "10&nbsp;votes",
        "em": "unanimously",
        "comment": "Was it ten?",
        "first": "the first question",
        "nested": "Mr. O’Neil’s report",
        "deepest": "its annex",
        "second": "the second question",
        "adopt": "adopt the plan",
        "publish": "publish it",
        "part": "Seats",
        "column": "Member",
        "seats": "Seats",
        "state": "Belarus",
        "see": "See the",
        "link": "programme of the session",
    },
    "ru": {
        "lang": "RU",
        "title": "Итоги «весенней» сессии",
        "before": "«Бюджет на „новый“ год» приняли",
        "strong": "все делегации",
        "deleted": "почти",
        "inserted": "из",
        "number": "10&nbsp;стран",
        "em": "единогласно",
        "comment": "Точно десять?",
        "first": "первый вопрос",
        "nested": "доклад г-на Иванова",
        "deepest": "приложение №&nbsp;5",
        "second": "второй вопрос",
        "adopt": "принять план",
        "publish": "опубликовать его",
        "part": "Места",
        "column": "Участник",
        "seats": "Мест",
        "state": "Белоруссия",
        "see": "См.",
        "link": "программу сессии",
    },
}
# What each of them says.
TEXT = Template(
    "<h2>$title</h2>"
    "<p>$before <strong>$strong</strong> $inserted $number$dash— <em>$em</em>.</p>"
    "<ul><li>$first<ul><li>$nested<ul><li>$deepest</li></ul></li></ul></li><li>$second</li></ul>"
    "<ol><li>$adopt</li><li>$publish</li></ol>"
    "<h3>$part</h3>"
    '<table><thead><tr><th scope="col">$column</th><th scope="col">$seats</th></tr></thead>'
    "<tbody><tr><td>$state</td><td>7</td></tr></tbody></table>"
    '<p>$see <a href="https://example.org/programme?page=2">$link</a>.</p>'
)


def clipboard(program, language):
    """Return what a program puts on the clipboard, as HTML."""
    template = Template((CLIPBOARDS / f"{program}.html").read_text())
    words = WORDS[language]
    if program in {"word", "libreoffice"}:
        # Their lines have an end.
        words = {name: text.replace(" ", "\n", 1) for name, text in words.items()}
    return template.substitute(words)


def text(program, language):
    """Return the HTML that is to become of it."""
    # On web pages a dash is bound to the word before it.
    return TEXT.substitute(WORDS[language], dash="&nbsp;" if program == "web_page" else " ")
