"""What becomes of what other programs wrote."""

import pytest

from cstopa.models.richtext import formatted
from cstopa.pasting.cleaning import clean, cleaned
from tests.cstopa.pasting.document import PROGRAMS, WORDS, clipboard, text


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_five_programs_copy_becomes_one_text(program, language):
    found = cleaned(clipboard(program, language))
    assert found.html == text(program, language)
    assert found.pictures == 1
    # It goes through the form as it is, and through here.
    assert formatted(found.html) == clean(found.html) == found.html


def item(sign, words, level=1, list_="l0"):
    """Return an item as Word writes it."""
    return (
        f"<p class=MsoListParagraph style='mso-list:{list_} level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Headings begin with the second rank, and keep their distance.
        ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
        ("<h2>a</h2><h3><b>b</b><br>c</h3>", "<h2>a</h2><h3>b c</h3>"),
        ("<p class=MsoTitle>a</p><h1>b</h1>", "<h2>a</h2><h2>b</h2>"),
        (
            "<h1 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>a</h1>",
            "<h2>1. a</h2>",
        ),
        ("<ul><li><h3>a</h3></li></ul>", "<ul><li>a</li></ul>"),
        # What is emphasised.
        ("<b style='font-weight:normal'>a <i>b</i></b>", "<p>a <em>b</em></p>"),
        ("<span style='font-weight:600'>a</span><b>b </b>c", "<p><strong>ab</strong> c</p>"),
        ("<b>a<span style='font-weight:400'>b</span></b>", "<p><strong>a</strong>b</p>"),
        ("H<span style='vertical-align:sub'>2</span>O", "<p>H<sub>2</sub>O</p>"),
        ("<u>a</u> <s>b</s> <font color=red>c</font>", "<p>a b c</p>"),
        ("<b><p>a</b></p><p>b</p>", "<p><strong>a</strong></p><p>b</p>"),
        # Lists.
        (
            "<ol start=4><li>a<li value=7>b</ol>",
            '<ol start="4"><li>a</li></ol><ol start="7"><li>b</li></ol>',
        ),
        ('<ol type="a"><li>a</ol>', '<ol type="a"><li>a</li></ol>'),
        ("<ul><li>a<ol><li>b</ol>c</ul>", "<ul><li>a<ol><li>b</li></ol><p>c</p></li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li></li><li> </li></ul>a", "<p>a</p>"),
        ("<ul><li><p>a<p>b</ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        (item("3)", "a") + item("4)", "b"), '<ol start="3"><li>a</li><li>b</li></ol>'),
        (
            item("1.", "a") + item("a.", "b", 2) + item("b.", "c", 2) + item("2.", "d"),
            '<ol><li>a<ol type="a"><li>b</li><li>c</li></ol></li><li>d</li></ol>',
        ),
        (
            item("i.", "a") + item("ii.", "b") + "<p>c</p>" + item("iii.", "d"),
            '<ol type="i"><li>a</li><li>b</li></ol><p>c</p><ol start="3" type="i"><li>d</li></ol>',
        ),
        (item("1.1.", "a") + item("1.2.", "b"), "<ol><li>a</li><li>b</li></ol>"),
        (item("1.", "a") + item("1.", "b", list_="l1"), "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        (item("o", "a", 2) + item("·", "b"), "<ul><li>a</li><li>b</li></ul>"),
        # HTML has no such numbers.
        (item("а)", "раз") + item("б)", "два"), "<p>а) раз</p><p>б) два</p>"),
        (
            item("·", "a") + "<p class=MsoListParagraphCxSpMiddle>b</p>" + item("·", "c"),
            "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
        ),
        ("<p class=MsoListParagraph>a</p>", "<p>a</p>"),
        # Paragraphs.
        ("a<br><br>b<br>c<br>", "<p>a</p><p>b<br>c</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>&nbsp;</p><p> <br></p><div></div>", ""),
        ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        # Quotes.
        (
            "<p class=MsoQuote>a</p><p class=MsoQuote>b</p>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        (
            "<figure><blockquote>a</blockquote><figcaption>Ann</figcaption></figure>",
            "<figure><blockquote><p>a</p></blockquote><figcaption>Ann</figcaption></figure>",
        ),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        # Tables.
        ("<table><tr><td>a</table>", "<p>a</p>"),
        ("<table role=presentation><tr><td>a<td>b</table>", "<p>a</p><p>b</p>"),
        (
            "<table><caption>c</caption><tr><th>a<td colspan=2>b<tr><th rowspan=500>d<td>e<td>f</table>",
            '<table><caption>c</caption><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr>'
            '<tr><th scope="row" rowspan="99">d</th><td>e</td><td>f</td></tr></tbody></table>',
        ),
        (
            "<table><tr><td><p>a<p>b<td><ul><li>c</ul><td><table><tr><td>d<td>e</table></table>",
            "<table><tbody><tr><td><p>a</p><p>b</p></td><td><ul><li>c</li></ul></td>"
            "<td><p>d</p><p>e</p></td></tr></tbody></table>",
        ),
        (
            "<table><tr><td><b>a</b><td><b>b</b></table>",
            "<table><tbody><tr><td><strong>a</strong></td><td><strong>b</strong></td></tr></tbody></table>",
        ),
        ("<table><tr><td><td> </table>", ""),
        # What nobody saw, or is not to be seen.
        ("a<span style='display:none'>b</span><span hidden>c</span>", "<p>a</p>"),
        ("a<span class=msoDel><del>b</del></span><ins>c</ins>", "<p>ac</p>"),
        (
            'a<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><div><p><a href="#cmnt_ref1">[a]</a>b</p></div>',
            "<p>a</p>",
        ),
        # Notes are words of the author.
        (
            "a<a style='mso-footnote-id:ftn1' href='#_ftn1'><span class=MsoFootnoteReference>[1]</span></a>"
            "<div style='mso-element:footnote-list'><hr width='33%'><p class=MsoFootnoteText>"
            "<a href='#_ftnref1'><span class=MsoFootnoteReference>[1]</span></a> b</p></div>",
            "<p>a<sup>[1]</sup></p><hr><p><sup>[1]</sup> b</p>",
        ),
    ],
)
def test_what_becomes_of_a_part(html, expected):
    assert clean(html) == expected
    assert clean(expected) == expected


NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10~депутатов", "10~депутатов"),
        ("№~5, ст.~7, А.~С.~Пушкин и~др.", "№~5, ст.~7, А.~С.~Пушкин и~др."),
        ("в~Минске~— в среду", "в~Минске~— в среду"),
        ("the~only space~that pads", "the only space that pads"),
        ("a~ ~b~~c", "a b c"),
        ("~a~", "a"),
        ("со\u00adве\u200bт\ufeff", "совет"),
        ("«ёлки» „лапы“ “smart” ‘quotes’ – it’s", "«ёлки» „лапы“ “smart” ‘quotes’ – it’s"),
        ("👩\u200d🚀 می\u200cخواهم a\u200db", "👩\u200d🚀 می\u200cخواهم ab"),
        ("1\u202f000\u2009km", "1\u202f000\u2009km"),
    ],
)
def test_spaces_that_only_pad_go(words, expected):
    found = clean(f"<p>{words.replace('~', NO_BREAK)}</p>")
    assert found.replace("&nbsp;", "~") == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://example.org/a?b=1&amp;utm_source=x&amp;c=2#d",
            "https://example.org/a?b=1&amp;c=2#d",
        ),
        ("https://example.org/?fbclid=1", "https://example.org/"),
        ("https://www.google.com/url?q=https://example.org/a&amp;sa=D", "https://example.org/a"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&amp;data=0",
            "https://example.org/",
        ),
        ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=javascript:alert(1)",
        ),
        ("mailto:press@example.org", "mailto:press@example.org"),
        ("tel:+74951234567", "tel:+74951234567"),
        ("//example.org/a", "https://example.org/a"),
        ("www.example.org", "https://www.example.org"),
        ("/news/one/", "/news/one/"),
        ("file:///C:/a.doc", None),
        ("javascript:alert(1)", None),
        ("#part", None),
        ("https://[::1/", None),
        ("", None),
    ],
)
def test_a_link_leads_where_it_really_leads(address, expected):
    link = f'<a href="{expected}">a</a>' if expected else "a"
    assert clean(f"<p><a href='{address}'>a</a></p>") == f"<p>{link}</p>"
