"""A page of another origin shows the seats of a delegation in a frame, and no other page of ours."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.tab import AXE, RUN, TAGS

pytestmark = pytest.mark.usefixtures("rows")

PAGE = """<!doctype html><html lang="en"><head><title>Elsewhere</title></head>
<body><main><h1>Elsewhere</h1>{}</main></body></html>"""


@pytest.fixture
def elsewhere():
    """A server of another origin whose page holds ``server.shown``, and demands policies of what it loads."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            self.end_headers()
            self.wfile.write(PAGE.format(self.server.shown).encode())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def asked(page, base_url):
    """Return the code that the page of the delegation offers, of the site under test."""
    page.goto("/delegations/belarus/")
    snippet = page.locator("textarea").input_value()
    return snippet.replace("http://testserver", base_url)


def shown_by(page, server, html):
    server.shown = html
    # Another name of this machine is another site.
    page.goto(f"http://localhost:{server.server_port}/")
    page.wait_for_load_state("networkidle")
    [frame] = page.main_frame.child_frames
    return frame


def test_another_site_shows_the_seats_and_passes_axe(page, base_url, elsewhere):
    told = []
    page.on("console", lambda message: told.append(message.text))
    frame = shown_by(page, elsewhere, asked(page, base_url))
    text = frame.locator("text", has_text="Seats of the delegation")
    assert text.is_visible()
    assert frame.locator("svg[role=img]").bounding_box()["width"] > 300
    assert [each for each in told if "favicon" not in each] == []
    page.evaluate(AXE)
    assert page.evaluate(RUN, TAGS) == []
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_picture_by_its_own_address_is_one_too(page, base_url, elsewhere):
    elsewhere.shown = f'<img src="{base_url}/ru/delegations/belarus/seats.svg" alt="Seats">'
    page.goto(f"http://localhost:{elsewhere.server_port}/")
    assert page.locator("img").evaluate("each => each.naturalWidth") > 0


def test_no_other_page_is_shown(page, base_url, elsewhere):
    html = f'<iframe src="{base_url}/delegations/belarus/" title="A page"></iframe>'
    frame = shown_by(page, elsewhere, html)
    assert frame.url.startswith("chrome-error:")
