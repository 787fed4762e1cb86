"""Where a link leads, without those who count who follows it."""

import re
from urllib.parse import parse_qs, urlsplit

LONGEST = 2_000
# Of an address on the way to another: the parameter that names it.
DETOURS = [
    (re.compile(r"(www\.)?google\.[a-z.]{2,6}/url"), ("url", "q")),
    (re.compile(r"[a-z0-9.-]+\.safelinks\.protection\.outlook\.com/"), ("url",)),
    (re.compile(r"(away\.)?(m\.)?vk\.(com|ru)/away\.php"), ("to",)),
    (re.compile(r"lm?\.facebook\.com/l\.php"), ("u",)),
]
COUNTED = re.compile(
    r"(utm_[a-z_]+|fbclid|gclid|yclid|ysclid|dclid|msclkid|mc_[ce]id|_openstat|igshid)=[^&]*&?"
)
SCHEME = re.compile(r"(?:(?:https?://|mailto:|tel:)[^\s]|/(?!/))", re.IGNORECASE)


def real_address(address):
    """Return where a link leads a reader, or "" for what leads nobody anywhere, such as a file."""
    address = address.strip()
    for _each in range(3):
        if not (further := further_address(address)):
            break
        address = further
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("www."):
        address = f"https://{address}"
    if len(address) > LONGEST or not SCHEME.match(address):
        return ""
    path, question, query = address.partition("?")
    query, hash_, part = query.partition("#")
    query = COUNTED.sub("", query).removesuffix("&")
    return path + (question + query if query else "") + hash_ + part


def further_address(address):
    """Return the address to which another only leads, or ""."""
    try:
        parts = urlsplit(address)
        given = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    for pattern, names in DETOURS:
        if pattern.match(f"{parts.netloc}{parts.path}".lower()):
            found = (each for name in names for each in given.get(name, ()))
            return next((each for each in found if SCHEME.match(each)), "")
    return ""
