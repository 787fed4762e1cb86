"""The seats of a delegation as a picture for pages of others, and oEmbed."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from tests import make
from tests.reading import parsed, spaced

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
MARCH = dt.date(2024, 3, 1)
ADDRESS = "/delegations/belarus/seats.svg"
PAGE = "http://testserver/delegations/belarus/"


def drawn(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(response):
    """Return the words that stand in the picture, line by line."""
    return [each.text for each in drawn(response).iter(f"{SVG}text")]


def seats(houses):
    source = make.source(title_en="Decision <1> & more")
    make.allocation(houses[0], 7, valid_from=MARCH, source=source)
    make.allocation(houses[1], 4, valid_from=MARCH, source=source)
    make.membership(chamber_=houses[0], valid_from=MARCH)
    make.roster(houses[0], valid_from=MARCH)


def test_the_picture_says_what_it_shows_in_real_text(client, houses):
    seats(houses)
    response = client.get(f"{ADDRESS}?date=2024-03-01")
    said = spaced(" ".join(texts(response)))
    for words in (
        "Seats of the delegation: National Assembly",
        "House: 1 (filled)",
        "House: 6 (vacant)",
        "Council: 4",
        "As of 1 March 2024.",
        "Source: Decision <1> & more",
        PAGE.removeprefix("http://"),
    ):
        assert words in said, words
    svg = drawn(response)
    assert svg.find(f"{SVG}title").text == "Seats of the delegation: National Assembly"
    assert "House: 1 (filled)" in svg.find(f"{SVG}desc").text
    drawing = svg.find(f"{SVG}svg[@role='img']")
    assert spaced(drawing.get("aria-label")).startswith("Drawing of 11 seats: 1 of 11 seats filled")
    assert "11" in [each.text for each in drawing.iter(f"{SVG}text")]
    assert [each for each in svg.iter() if each.tag in (f"{SVG}style", f"{SVG}script")] == []
    # Numbered wedges, texts and all else keep within the picture.
    width, height = map(int, svg.get("viewBox").split()[2:])
    assert all(0 <= int(line.get("y")) <= height for line in svg.findall(f"{SVG}text"))
    assert width == 480


def test_it_is_of_a_day_a_size_and_a_language(client, houses):
    seats(houses)
    make.allocation(houses[0], 6, valid_to=MARCH - dt.timedelta(days=1))
    before = " ".join(texts(client.get(f"{ADDRESS}?date=2024-02-01")))
    assert "House: 6" in before
    assert "House: 1 (filled)" in " ".join(texts(client.get(ADDRESS)))
    widths = [
        drawn(client.get(f"{ADDRESS}?size={size}")).get("viewBox").split()[2]
        for size in ("small", "medium", "large")
    ]
    assert widths == ["320", "480", "640"]
    assert drawn(client.get(f"/ru{ADDRESS}")).get("lang") == "ru"


@pytest.mark.parametrize(
    "question", ["size=640", "size=", "date=x", "date=1.3.2024", "date=1000-01-01", "x=1"]
)
def test_what_it_does_not_know_it_refuses(client, houses, question):
    response = client.get(f"{ADDRESS}?{question}")
    assert response.status_code == 400
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert question.partition("=")[0] in response.text


def test_where_nothing_is_recorded_it_says_so(client, belarus):
    response = client.get(ADDRESS)
    assert "Seats: not recorded." in texts(response)
    assert drawn(response).find(f"{SVG}svg") is None


def test_a_long_name_is_told_in_lines_that_fit(client):
    parliament = make.parliament("belarus", name_en="Assembly of many words " * 8)
    for number in range(6):
        house = make.chamber(parliament, name_en=f"Chamber {number} of a very long name " * 3)
        make.allocation(house, 5)
    for size, pixels in (("small", 320), ("large", 640)):
        svg = drawn(client.get(f"{ADDRESS}?size={size}"))
        for line in svg.findall(f"{SVG}text"):
            letters = len(line.text) * int(line.get("font-size")) * 0.55
            assert int(line.get("x")) + letters <= pixels
        assert int(svg.get("viewBox").split()[3]) >= pixels


def test_it_alone_may_be_framed_and_loaded_from_elsewhere(client, houses):
    seats(houses)
    response = client.get(ADDRESS)
    unchanged = client.get(ADDRESS, headers={"if-none-match": response["ETag"]})
    assert unchanged.status_code == 304
    for each in (response, unchanged):
        assert "X-Frame-Options" not in each
        policy = each["Content-Security-Policy"].split("; ")
        assert policy == [
            *("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors *")
        ]
        assert each["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert each["Cross-Origin-Embedder-Policy"] == "require-corp"
    for other in ("/delegations/belarus/", "/delegations/atlantis/seats.svg", "/oembed.json"):
        refused = client.get(other)
        assert refused["X-Frame-Options"] == "DENY", other
        assert "frame-ancestors 'none'" in refused["Content-Security-Policy"]
        assert "Cross-Origin-Embedder-Policy" not in refused


def test_its_address_follows_the_delegation(client, belarus):
    belarus.slug = "renamed"
    belarus.save()
    response = client.get(f"{ADDRESS}?size=small")
    assert response.status_code == 301
    assert response.url == "/delegations/renamed/seats.svg?size=small"
    belarus.delete()
    assert client.get(ADDRESS).status_code == 410
    assert client.get("/delegations/atlantis/seats.svg").status_code == 404


def discovered(client, address):
    [link] = parsed(client.get(address)).findall(".//link[@type='application/json+oembed']")
    return link.get("href").removeprefix("http://testserver")


def test_a_page_leads_to_its_oembed_and_shows_the_same_code(client, houses):
    seats(houses)
    for address, query in (
        ("/delegations/belarus/", "?size=medium"),
        ("/delegations/belarus/?date=2024-03-01", "?size=medium&date=2024-03-01"),
        ("/ru/delegations/belarus/", "?size=medium"),
    ):
        answer = client.get(discovered(client, address)).json()
        assert (answer["type"], answer["version"]) == ("rich", "1.0")
        [frame] = re.findall(r"<iframe .*?</iframe>", answer["html"])
        source = re.search('src="(.*?)"', frame)[1].replace("&amp;", "&")
        assert source == f"http://testserver{address.partition('?')[0]}seats.svg{query}"
        assert drawn(client.get(source.removeprefix("http://testserver"))) is not None
        snippet = parsed(client.get(address)).find(".//main//textarea").text
        assert snippet.strip() == answer["html"]
        # No number is written into a page of another.
        assert "11" not in frame


@pytest.mark.parametrize(
    ("asked", "pixels", "size"),
    [
        ("", 480, "medium"),
        ("&maxwidth=1000", 640, "large"),
        ("&maxwidth=500", 480, "medium"),
        ("&maxwidth=1000&maxheight=400", 320, "small"),
        ("&maxwidth=200", 200, "small"),
        ("&maxheight=479", 320, "small"),
    ],
)
def test_the_largest_size_is_kept_to(client, belarus, asked, pixels, size):
    answer = client.get(f"/oembed.json?url={PAGE}{asked}").json()
    assert (answer["width"], answer["height"]) == (pixels, pixels)
    assert f'width="{pixels}" height="{pixels}"' in answer["html"]
    assert f"size={size}" in answer["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        (f"url={PAGE}&maxwidth=x", 400),
        (f"url={PAGE}&maxwidth=0", 400),
        (f"url={PAGE}&format=xml", 501),
        ("url=http://testserver/delegations/", 404),
        ("url=http://testserver/delegations/atlantis/", 404),
        ("url=http://elsewhere.example/delegations/belarus/", 404),
        ("url=//[x/", 404),
        ("url=x", 404),
        (f"url={PAGE}&dnt=1", 200),
        (f"url={PAGE}%3Fdate=x", 200),
    ],
)
def test_oembed_says_what_it_does_not_know(client, belarus, query, status):
    assert client.get(f"/oembed.json?{query}").status_code == status


def test_oembed_finds_a_renamed_delegation(client, belarus):
    belarus.slug = "renamed"
    belarus.save()
    answer = Client().get(f"/oembed.json?url={PAGE}").json()
    assert "/delegations/renamed/seats.svg" in answer["html"]
