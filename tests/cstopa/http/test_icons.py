import json
import struct

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import override

from tests.reading import parsed

pytestmark = pytest.mark.django_db


def size_of(name):
    """Return the width and the height that a PNG states of itself."""
    with open(finders.find(name), "rb") as file:
        head = file.read(24)
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:])


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ru", "ru")])
def test_the_manifest_names_the_assembly_in_the_language_of_its_address(client, prefix, language):
    response = client.get(f"{prefix}/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    found = json.loads(response.content)
    with override(language):
        assert found["name"] == str(settings.ASSEMBLY_NAME)
        assert found["short_name"] == str(settings.ASSEMBLY_SHORT_NAME)
    assert found["lang"] == language
    assert found["start_url"] == f"{prefix}/"
    for icon in found["icons"]:
        picture = client.get(icon["src"])
        assert picture.getvalue()
        assert (picture.status_code, picture["Content-Type"]) == (200, icon["type"])
    [link] = parsed(client.get(f"{prefix}/")).findall(".//link[@rel='manifest']")
    assert link.get("href") == f"{prefix}/site.webmanifest"


def test_every_picture_has_the_size_that_is_said_of_it(client):
    sizes = {"icon-32.png": 32, "icon-180.png": 180, "icon-192.png": 192, "icon-512.png": 512}
    for name, size in sizes.items():
        assert size_of(f"images/{name}") == (size, size)
    tree = parsed(client.get("/"))
    said = {
        each.get("property"): each.get("content")
        for each in tree.findall(".//meta[@property]")
        if each.get("property").startswith("og:image")
    }
    width, height = size_of("images/sharing.png")
    assert (said["og:image:width"], said["og:image:height"]) == (str(width), str(height))
    assert said["og:image"] == "http://testserver" + static("images/sharing.png")


def test_the_icon_that_nobody_links_to_is_found(client):
    response = client.get("/favicon.ico", follow=True)
    assert response.getvalue().startswith(b"\x89PNG")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
