"""Links outside the site, asked of a server of the test; and machines that are never asked."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from cstopa.hyperlinks import outside
from tests import make

pytestmark = pytest.mark.django_db


class Server(BaseHTTPRequestHandler):
    """Answers as its path says, and notes what it was asked."""

    asked = []

    def do_HEAD(self):
        self.asked.append((self.command, self.headers["Host"], self.path))
        self.server.agents.add(self.headers["User-Agent"])
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path.removeprefix("/to"))
        elif path == "/loop":
            self.send_response(301)
            self.send_header("Location", "/loop")
        elif path.startswith("/on"):
            self.send_response(307)
            self.send_header("Location", f"{path}n")
        elif path == "/inwards":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
        elif path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif path == "/get-only" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response(int(path[1:]) if path[1:].isdigit() else 200)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    Server.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.agents = set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def host(server, monkeypatch):
    """Let every name of the tests be the server of the test; other names are what they are."""
    real = outside.public_addresses

    def found(host, port):
        return ["127.0.0.1"] if host.endswith(".example") else real(host, port)

    monkeypatch.setattr(outside, "public_addresses", found)
    monkeypatch.setattr(outside, "PAUSE", 0)
    return f"http://a.example:{server.server_port}"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/", ""),
        ("/get-only", ""),
        ("/to/200", ""),
        ("/403", ""),
        ("/ü?q=ж", ""),
        ("/404", "it answers 404"),
        ("/410", "it answers 410"),
        ("/503", "it answers 503"),
        ("/to/404", "it answers 404"),
        ("/loop", "it leads to itself"),
        ("/on", "it leads on and on"),
        ("/inwards", "refused: it is in a private network"),
        ("/file", "it leads to no page"),
    ],
)
def test_what_is_there(host, path, why):
    assert outside.look(host + path) == why


def test_it_is_asked_for_its_head_first_and_says_who_asks(host, server):
    outside.look(f"{host}/get-only?a=1")
    name = host.removeprefix("http://")
    assert Server.asked == [("HEAD", name, "/get-only?a=1"), ("GET", name, "/get-only?a=1")]
    assert server.agents == {"check_links (+http://testserver)"}


@pytest.mark.parametrize(
    "address",
    [
        *("localhost", "127.0.0.1", "0.0.0.0", "10.1.2.3", "192.168.0.1", "169.254.169.254"),
        *("2130706433", "0x7f000001", "127.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]"),
        *("[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::a00:1]", "[2002:a00:1::]"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "[fec0::1]", "[::127.0.0.1]", "[::a00:1]"),
        *("[64:ff9b:1::a00:1]", "[2001:0:a00:1::]", "[2001:0:4136:e378:8000:63bf:f5ff:fffe]"),
        *("[100::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[ff0e::1]", "[::ffff:0:7f00:1]"),
    ],
)
def test_no_machine_of_a_private_network_is_asked(address, server):
    assert outside.look(f"http://{address}:{server.server_port}/") in {
        "refused: it is in a private network",
        "there is no such host",
    }
    assert Server.asked == []


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"],
)
def test_a_machine_of_the_public_network_may_be_asked(address):
    assert outside.public_addresses(address, 80) == [address]


def test_where_one_machine_takes_no_connection_the_next_is_asked(server, monkeypatch):
    machines = ["127.0.0.2", "127.0.0.3", "127.0.0.1"]
    monkeypatch.setattr(outside, "public_addresses", lambda _host, _port: machines)
    assert outside.look(f"http://a.example:{server.server_port}/") == ""
    assert [each[1] for each in Server.asked] == [f"a.example:{server.server_port}"]
    del machines[-1]
    said = outside.look(f"http://a.example:{server.server_port}/")
    assert said == "it does not answer: ConnectionRefusedError"


@pytest.mark.parametrize(
    "address", ["http://", "http://a b/", "http://[x/", "http://a.example:99999/", "http://..x/"]
)
def test_what_is_no_address_is_told(address):
    assert outside.look(address)


@contextmanager
def silent():
    """A machine that takes what it is sent and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        yield sock.getsockname()[1]


def test_who_does_not_answer_is_not_waited_for(host, monkeypatch):
    monkeypatch.setattr(outside, "PATIENCE", 0.2)
    with silent() as port:
        assert outside.look(f"http://b.example:{port}/") == "it does not answer in time"
    assert outside.look("http://b.example:1/") == "it does not answer: ConnectionRefusedError"


def test_who_answers_a_letter_at_a_time_is_cut_off(host, monkeypatch):
    monkeypatch.setattr(outside, "LONGEST", 0.3)
    with silent() as port:
        assert outside.look(f"http://b.example:{port}/").startswith("it does not answer")


def test_where_each_stands(host):
    link = f'<p><a href="{host}/404#part">there</a> <a href="/people/">here</a></p>'
    make.article("public", body_en=link, body_ru=link)
    make.article("draft", status="draft", body_en=f'<p><a href="{host}/500">there</a></p>')
    make.draft(make.article(), body_en=f'<p><a href="{host}/501">there</a></p>')
    source = make.source(url=f"{host}/404")
    make.page(
        body_en=f'<p><a href="https://[x/">y</a> <a href="{host}/200">there</a> <a href="mailto:a@a.example">x</a></p>'
    )
    named = {
        address: [(row._meta.model_name, field) for row, field in rows]
        for address, rows in outside.places().items()
        if host in address
    }
    assert named == {
        f"{host}/404": [
            *(("article", f"body_{language}") for language in ("en", "ru")),
            ("source", "url"),
        ],
        f"{host}/200": [("page", "body_en")],
    } or named == {
        f"{host}/404": [("source", "url"), ("article", "body_en"), ("article", "body_ru")],
        f"{host}/200": [("page", "body_en")],
    }
    assert source.url


def test_the_command_names_rows_and_fields_and_fails(host, capsys):
    make.article("public", body_en=f'<p><a href="{host}/404">a</a> <a href="{host}/ok">b</a></p>')
    make.source(url=f"{host}/404")
    with pytest.raises(CommandError, match="Dead: 1 of 2 addresses"):
        call_command("check_links")
    said = capsys.readouterr().out
    assert f"{host}/404: it answers 404" in said
    assert "news.Article public, body_en" in said
    assert ", url" in said
    assert len([each for each in Server.asked if each[2] == "/404"]) == 2


def test_all_are_alive(host, capsys):
    make.article("public", body_en=f'<p><a href="{host}/ok">b</a></p>')
    call_command("check_links")
    assert capsys.readouterr().out == "Alive: all 1 addresses.\n"
