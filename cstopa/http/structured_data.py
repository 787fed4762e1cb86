"""What a page says, once more for machines: schema.org in JSON-LD.

Each function reads the rows that the page shows, asks the database for nothing, and returns what
is said of one thing. What is of no known date has none here either. A thing has one address, its
canonical one, whatever day its page was asked of.
"""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cstopa.http.addresses import absolute, path_to
from cstopa.pages.models import imprint

# As json_script() has it: nothing ends the element, or starts another.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}
ORGANIZATION = "GovernmentOrganization"
# A picture of the site where an address is passed on.
PICTURE = "images/sharing.png"


def as_script(things):
    """Return the block of data, which no browser runs, so that the policy asks for no nonce."""
    data = {"@context": "https://schema.org", "@graph": stated(things)}
    text = json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder).translate(ESCAPES)
    # Escaped above, and the escapes of HTML mean nothing in here.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def stated(value):
    """Return a value without the members, at any depth, of which nothing is known."""
    if isinstance(value, dict):
        members = {name: stated(each) for name, each in value.items()}
        return {name: each for name, each in members.items() if each not in (None, "", [], {})}
    return [stated(each) for each in value] if isinstance(value, list) else value


def moment(value):
    """Return a moment with the offset of ``TIME_ZONE``, whose day is the one that the page shows."""
    return value and timezone.localtime(value)


def same_as(resource, row):
    """Return the id of a row: its address in the data, the same in each language and for ever."""
    return absolute(path_to("opendata:detail", resource, row.code))


def located(path):
    """Return the one address of what a path shows, the path of one day or of any."""
    return absolute(path.partition("?")[0])


def trail(steps):
    """Return the list of ``(words, address)`` that leads to a page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(words), "item": where}
            for number, (words, where) in enumerate(steps, 1)
        ],
    }


def the_assembly():
    return {
        "@type": ORGANIZATION,
        "@id": absolute("/#assembly"),
        # Said in the language of what it stands in, which may not be the page's.
        "name": str(settings.ASSEMBLY_NAME),
        "alternateName": str(settings.ASSEMBLY_SHORT_NAME),
        "url": absolute(reverse("home")),
    }


def publisher():
    """Return who publishes the site, or None where that is not stated."""
    row = imprint()
    return row.name and {
        "@type": "Organization",
        "@id": absolute("/#publisher"),
        "name": row.name,
        "address": row.postal_address,
        "email": row.email,
        "telephone": row.phone,
    }


def named(row):
    """Return the name of a person and the address of their page."""
    return {
        "@type": "Person",
        "@id": same_as("people", row),
        "name": row.name,
        "url": located(row.get_absolute_url()),
    }


def role(fact, name, **side):
    """Return a dated fact as a role, with the days that are known exactly.

    ``side`` names whose role it is, as ``member``, or where, as ``memberOf``.
    """
    data = {"@type": "OrganizationRole", "roleName": name, **side}
    if fact.start:
        # As far as it is known: schema.org takes ISO 8601, which has months and years.
        data["startDate"] = fact.start
    if fact.ends:
        end, is_latest = min(fact.ends)
        if not is_latest:
            data["endDate"] = end
    return data
