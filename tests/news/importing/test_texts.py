"""What becomes of the texts of an old archive."""

import pytest

from tests.news.importing.test_import_articles import article, in_russian, line

pytestmark = pytest.mark.django_db


WORD = (
    '<p class=MsoNormal style="margin:0cm"><b><span lang=RU style="color:red">Слово'
    "</span></b> и дело<o:p></o:p></p><img src=x.jpg>"
)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (WORD, "<p><strong>Слово</strong> и дело</p>"),
        ("One.\n\nTwo &laquo;2&raquo; a<b", "<p>One.</p><p>Two «2» a&lt;b</p>"),
        ("<b>One</b>\n\nTwo", "<p><strong>One</strong></p><p>Two</p>"),
        ("A\0B\ud800C", "<p>A B C</p>"),
    ],
)
def test_a_text_of_an_old_program_is_cleaned(load, body, kept):
    load(line(body_en=body, headline_en="The &laquo;First&raquo; <i>session</i> of <a@b.org>"))
    row = article()
    assert "".join(row.body_en.split("\n")) == kept
    assert row.headline_en == "The «First» session of <a@b.org>"


def test_pictures_that_are_left_out_and_typed_facts_are_told(load):
    said = load(
        line(body_en=f"{WORD}<p>Twelve deputies and 7 seats.</p>", body_ru="<p>Половина</p>")
    )
    assert said[1:-1] == [
        "line 1: note: body_en: pictures are left out: 1.",
        "line 1: note: summary_ru: made of the first sentences.",
        "line 1: note: not whole, so nobody reads it: headline_ru is empty.",
        "line 1: note: body_en: a fact typed as prose: Twelve deputies, 7 seats.",
    ]


def test_a_summary_is_made_of_the_first_sentences(load):
    load(
        in_russian(
            body_ru=f"<p>А. Б. Петров открыл заседание. Оно прошло. {'Слово ' * 90}.</p><p>Да.</p>"
        )
    )
    assert article().summary_ru == "А. Б. Петров открыл заседание. Оно прошло."
