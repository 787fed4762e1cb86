"""Links that lead outside the site: which ones readers see, and whether anything answers there.

An address is an editor's, or came with an archive: none is followed to a machine that the public
could not reach.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Timer
from urllib.parse import urldefrag, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.encoding import iri_to_uri

from cstopa.hyperlinks.anchors import anchors
from cstopa.models.fields import AddressField
from cstopa.models.history import Version
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.publishing.models import Draft

# Hosts at once; what one is asked is asked one after the other, so many seconds apart.
HOSTS, PAUSE = 4, 1
# Seconds for each answer of a machine, and for all that one address takes.
PATIENCE, LONGEST = 10, 30
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# It answers, but not to a program.
FOR_READERS = {401, 403, 429}
# Of a network that has no addresses of the old kind, what stands for one.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Of the new kind no others are given out to the public, and these are for manuals.
PUBLIC, IN_MANUALS = map(ipaddress.ip_network, ("2000::/3", "3fff::/20"))


class Dead(Exception):
    """Nothing is there for a reader; its words say why."""


def places():
    """Return ``{address: [(row, name of its field)]}`` of what is public and leads outside."""
    found = defaultdict(list)
    own = urlsplit(settings.SITE_URL).netloc.lower()
    for model in apps.get_models():
        if issubclass(model, (Version, Draft)) or model._meta.proxy:
            continue
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, (AddressField, SanitisedHTMLField))
        ]
        if not fields:
            continue
        rows = model._default_manager.order_by("pk")
        if hasattr(rows, "published"):
            rows = rows.published()
        for row in rows.iterator():
            for field in fields:
                for address in _addresses(field, getattr(row, field.name)):
                    if _host(address) != own:
                        found[address].append((row, field.name))
    return found


def _addresses(field, text):
    is_address = isinstance(field, AddressField)
    hrefs = [text] if is_address else [anchor.href for anchor in anchors(text)]
    return {urldefrag(href).url for href in hrefs if _host(href)}


def _host(address):
    """Return the host of an address of the web, in small letters and with its port, or nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else ""


def public_addresses(host, port):
    """Return the addresses of a host, or raise Dead: where one is none of the public network, it is refused."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Dead("there is no such host") from error
    addresses = list(dict.fromkeys(address[0] for *_kind, address in found))
    if not all(map(_is_public, addresses)):
        raise Dead("refused: it is in a private network")
    return addresses


def _is_public(address):
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner:
            return _is_public(str(inner))
        if ip not in PUBLIC or ip in IN_MANUALS:
            return False
    return ip.is_global and not ip.is_multicast


def _connection(address):
    """Return a connection to the machine of an address, which was looked up once and no more."""
    parts = urlsplit(address)
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    host = (parts.hostname or "").encode("idna").decode()
    # A host may answer with one thing now and with another later: what was looked at is what is asked.
    machines = public_addresses(host, port)
    kind = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
    connection = kind(host, port, timeout=PATIENCE)
    connection.sock = _socket(machines, port)
    if is_secure:
        try:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        except BaseException:
            connection.close()
            raise
    return connection


def _socket(machines, port):
    """Return the socket of the first of the machines that takes a connection, as a browser would find it."""
    end = time.monotonic() + LONGEST - PATIENCE
    for machine in machines:
        try:
            return socket.create_connection((machine, port), timeout=PATIENCE)
        except OSError:
            if machine == machines[-1] or time.monotonic() > end:
                raise
    raise Dead("there is no such host")


def _answer(method, address):
    """Return the status of an answer, and where it leads on; of what it holds nothing is read."""
    connection = _connection(address)
    # Who sends a letter a second would never be too late for the socket.
    end = Timer(LONGEST, _cut, [connection.sock])
    end.daemon = True
    end.start()
    try:
        parts = urlsplit(iri_to_uri(address))
        asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, asked, headers={"User-Agent": agent(), "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        end.cancel()
        connection.close()


def _cut(sock):
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def agent():
    return f"check_links (+{settings.SITE_URL})"


def look(address):
    """Return nothing where a reader finds something at an address, or else why not, in words."""
    try:
        return _look(address)
    except Dead as error:
        return str(error)
    except TimeoutError:
        return "it does not answer in time"
    except ssl.SSLError as error:
        return (
            f"its certificate is not right: {getattr(error, 'verify_message', '') or error.reason}"
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"it does not answer: {type(error).__name__}"


def _look(address):
    seen = {address}
    for _step in range(MOST_REDIRECTS + 1):
        status, onward = _answer("HEAD", address)
        if status >= 400:
            # Some refuse the one and answer the other.
            status, onward = _answer("GET", address)
        if status not in REDIRECTS or not onward:
            is_there = status < 400 or status in FOR_READERS
            return "" if is_there else f"it answers {status}"
        address = urldefrag(urljoin(address, onward)).url
        if not _host(address):
            raise Dead("it leads to no page")
        if address in seen:
            raise Dead("it leads to itself")
        seen.add(address)
    raise Dead("it leads on and on")


def check(addresses):
    """Yield ``(address, why)`` of those at which nothing is, as that becomes known."""
    by_host = defaultdict(list)
    for address in addresses:
        by_host[_host(address)].append(address)
    with ThreadPoolExecutor(HOSTS) as pool:
        for dead in pool.map(_of_host, by_host.values()):
            yield from dead


def _of_host(addresses):
    dead = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(PAUSE)
        if why := look(address):
            dead.append((address, why))
    return dead
