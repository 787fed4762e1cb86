"""Whatever a program writes around words, the words stay, in their order."""

import html as html_

from hypothesis import given
from hypothesis import strategies as st

from cstopa.models.richtext import in_plain_words
from cstopa.pasting.cleaning import clean

# A word that is found again, whatever stands beside it.
WORDS = st.text("абвabc«»“”’—№5<&", min_size=1, max_size=6).map(lambda word: f"q{word}q")
INLINE = [
    "<b>{}</b>",
    "<b style='font-weight:normal'>{}</b>",
    "<span style='font-style:italic;vertical-align:super'>{}</span>",
    "<a href='https://example.org/?a=1&amp;b=2'>{}</a>",
    "<a href='#_ftn1'>{}</a>",
    "<font color=red>{}</font>",
    "<o:p>{}</o:p>",
    "<ins>{}</ins>",
    "<i>{}",
    "{}</b>",
    "<span class=MsoCommentReferenceNot>{}</span>",
    "<a style='mso-comment-reference:A_1'>{}</a>",
    "<br>{}<br><br>",
    "&nbsp;{}\n&nbsp;",
    "\u00ad{}\u200b",
]
BLOCKS = [
    "<p class=MsoNormal>{}</p>",
    "<p>{}",
    "<div>{}</div>",
    "<h1>{}</h1>",
    "<h4>{}</h4>",
    "<p class=MsoTitle>{}</p>",
    "<p class=MsoQuote>{}</p>",
    "<p class=MsoListParagraphCxSpMiddle>{}</p>",
    "<p style='mso-list:l0 level1 lfo1'>{}</p>",
    "<p style='mso-list:l0 level3 lfo1'><span style='mso-list:Ignore'>·</span>{}</p>",
    "<p style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>1.</span>{}</p>",
    "<ul><li>{}</li></ul>",
    "<ul>{}</ul>",
    "<ol start=3><li>{}</ol>",
    "<li aria-level=4>{}</li>",
    "<li>{}",
    "<blockquote>{}</blockquote>",
    "<figure>{}<figcaption>{}</figcaption></figure>",
    "<figure><blockquote>{}</blockquote><figcaption>{}</figcaption></figure>",
    "<table><tr><td>{}</td><td>{}</td></tr></table>",
    "<table><caption>{}</caption><thead><tr><th>{}</thead><tr><td>{}</table>",
    "<table><tr><td><b>{}</b><tr><td>{}</table>",
    "<td>{}</td>",
    "<table role=presentation><td>{}</table>",
    "<section><header>{}</header><nav>{}</nav></section>",
    "<pre>{}\n</pre>",
    "<center>{}</center><hr>",
    "{}</div>",
]
UNSEEN = [
    "<del>{}</del>",
    "<span class=msoDel><i>{}</i></span>",
    "<div style='mso-element:comment-list'><p>{}</p></div>",
    "<span class=MsoCommentReference><a href='#_msocom_1'>{}</a></span>",
    "<span style='display: none'>{}</span>",
    "<!--[if gte mso 9]><xml>{}</xml><![endif]-->",
    "<script>{}</script>",
    "<style>{}</style>",
]


def nested(parts):
    """Return a strategy of some of the ``parts`` inside one of the templates."""

    def filled(template, *inner):
        words = [word for _html, words in inner[: template.count("{}")] for word in words]
        return template.format(*(html for html, _words in inner)), words

    inner = [parts] * 3
    return st.one_of(
        st.builds(filled, st.sampled_from(INLINE + BLOCKS), *inner),
        st.builds(
            lambda t, part: (t.format(part[0]), []), st.sampled_from(UNSEEN), WORDS.map(as_part)
        ),
        st.lists(parts, min_size=2, max_size=4).map(
            lambda several: (
                " ".join(h for h, _w in several),
                [w for _h, ws in several for w in ws],
            )
        ),
    )


def as_part(word):
    return html_.escape(word), [word]


@given(st.recursive(WORDS.map(as_part), nested, max_leaves=12))
def test_no_word_that_was_seen_is_lost(part):
    html, words = part
    found = clean(html)
    assert "".join(in_plain_words(found).split()) == "".join(words)
    # There is nothing left to clean.
    assert clean(found) == found


@given(st.text("<>/abpulitd '\"=!-&;\n\u00a0", max_size=200), st.binary(max_size=100))
def test_whatever_is_pasted_is_answered(text, sent):
    for html in (text, sent.decode("utf-8", "replace")):
        assert clean(clean(html)) == clean(html)
