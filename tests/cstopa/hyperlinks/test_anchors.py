from cstopa.hyperlinks.anchors import anchors
from cstopa.models.richtext import sanitise


def test_every_link_with_its_words():
    html = sanitise(
        '<p><a href="/a?b=1&amp;c=2" hreflang="ru">One <em>two</em></a> <a>no</a>'
        ' <a hreflang="en" href="https://b.example/">three</a></p>'
    )
    assert anchors(html) == [("/a?b=1&c=2", "One two"), ("https://b.example/", "three")]
    assert anchors("") == []
