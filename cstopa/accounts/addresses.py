"""From where a request comes."""

from ipaddress import ip_address, ip_network

from django.conf import settings


def read(text):
    """Return the IP address that a text is, or None."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_proxy(address):
    return any(address in network for network in settings.PROXIES if network != "*")


def address_of(request):
    """Return the address from which somebody asks, as a text, or "" where nobody knows it.

    ``X-Forwarded-For`` is believed of the proxies of ``FORWARDED_ALLOW_IPS`` and of a socket, as gunicorn
    believes them, and read from its end: what stands before was sent by whoever asks.
    """
    address = read(request.META.get("REMOTE_ADDR", ""))
    if address and "*" not in settings.PROXIES and not is_proxy(address):
        return str(address)
    for said in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not (found := read(said)):
            break
        address = found
        if not is_proxy(address):
            break
    return str(address or "")


def network_of(address):
    """Return what one who asks has for himself: an address of IPv4, and of IPv6 a network of 64 bits."""
    if ":" in address:
        return str(ip_network((address.partition("%")[0], 64), strict=False))
    return address
