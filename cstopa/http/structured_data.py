"""What a page says, once more for machines: schema.org in JSON-LD.

Each function reads the rows that the page shows, asks the database for nothing, and returns what
is said of one thing. What is of no known date has none here either. A thing has one address, its
canonical one, whatever day its page was asked of.
"""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from cstopa.http.addresses import absolute

# As json_script() has it: nothing ends the element, or starts another.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}
ORGANIZATION = "GovernmentOrganization"
# A picture of the site where an address is passed on.
PICTURE = "images/sharing.png"
# The written pages that have a type of their own.
WRITTEN = {"about": "AboutPage", "contacts": "ContactPage"}


def as_script(things):
    """Return the block of data, which no browser runs, so that the policy asks for no nonce."""
    data = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder).translate(ESCAPES)
    # Escaped above, and the escapes of HTML mean nothing in here.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


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
        "logo": absolute(static("images/icon-512.png")),
    }


def named(kind, row):
    """Return the name of a row and the address of its page."""
    return {"@type": kind, "name": row.name, "url": located(row.get_absolute_url())}


def delegation_of(parliament):
    return {
        "@type": ORGANIZATION,
        "name": name_of_delegation(parliament),
        "url": absolute(reverse("delegations:detail", args=[parliament.slug])),
    }


def name_of_delegation(delegation):
    return _("Delegation: %(name)s") % {"name": delegation.name.plain}


def role(fact, name, **side):
    """Return a dated fact as a role, with the days that are known exactly.

    ``side`` names whose role it is, as ``member``, or where, as ``memberOf``.
    """
    said = {"@type": "OrganizationRole", "roleName": name, **side}
    if fact.valid_from:
        said["startDate"] = fact.valid_from
    if fact.valid_to and not fact.valid_to_is_latest:
        said["endDate"] = fact.valid_to
    return said


def site(officers):
    """Return the site, and the Assembly with its officers."""
    of_assembly = [
        role(office, office.get_function_display(), member=named("Person", office.person))
        for office in officers
    ]
    publisher = {"publisher": {"@id": the_assembly()["@id"]}}
    return [
        {
            "@type": "WebSite",
            "name": settings.ASSEMBLY_NAME,
            "url": absolute(reverse("home")),
            **publisher,
        },
        the_assembly() | {"member": of_assembly},
    ]


def article(row, updated_at):
    """Return a news item, whole in the one language in which it is shown."""
    with override(row.language):
        url = absolute(row.get_absolute_url())
        delegations = [delegation_of(each) for each in row.delegations.all()]
        people = [named("Person", each) for each in row.people.all()]
        return [
            {
                "@type": "NewsArticle",
                "headline": row.headline,
                "description": row.summary,
                "inLanguage": row.language,
                "url": url,
                "mainEntityOfPage": url,
                "image": absolute(static(PICTURE)),
                "datePublished": row.published_at,
                "dateModified": updated_at,
                "author": the_assembly(),
                "publisher": the_assembly(),
                "about": delegations + people,
                "keywords": [each.name for each in row.topics.all()],
            }
        ]


def delegation(composition, roles, members):
    """Return a delegation with its representative, its roles and its members of the day."""
    row, represents = composition.delegation, composition.representative
    parliament = absolute(reverse("delegations:parliament-detail", args=[row.slug]))
    of_delegation = [
        *([(represents, represents.get_function_display())] if represents else []),
        *((each, each.get_kind_display()) for each in roles),
        *((each, _("Member of the delegation")) for each in members),
    ]
    return [
        {
            **delegation_of(row),
            "parentOrganization": {"@type": ORGANIZATION, "name": row.name, "url": parliament},
            "member": [
                role(fact, name, member=named("Person", fact.person))
                for fact, name in of_delegation
            ],
        }
    ]


def parliament(row, chambers):
    """Return a parliament with its chambers of the day; the only one may have no name."""
    said = named(ORGANIZATION, row)
    said["areaServed"] = {"@type": "Country", "name": row.state}
    parts = []
    for chamber in chambers:
        part = {"sameAs": chamber.website} if chamber.website else {}
        if chamber.name:
            parts.append({"@type": ORGANIZATION, "name": chamber.name, **part})
        else:
            said |= part
    return [said | {"subOrganization": parts}]


def person(row, offices, roles, memberships):
    """Return a person with what they hold on the day."""
    language = row.name.language
    parts = {"givenName": "given_name", "additionalName": "patronymic", "familyName": "family_name"}
    said = {name: getattr(row, f"{part}_{language}") for name, part in parts.items()}
    held = [
        *(
            role(
                each,
                each.get_function_display(),
                memberOf=named(ORGANIZATION, each.parliament)
                if each.parliament
                else the_assembly(),
            )
            for each in offices
        ),
        *(
            role(each, each.get_kind_display(), memberOf=delegation_of(each.parliament))
            for each in roles
        ),
        *(
            role(
                each,
                _("Member of the delegation"),
                memberOf=delegation_of(each.chamber.parliament),
            )
            for each in memberships
        ),
    ]
    known = {name: words for name, words in said.items() if words}
    return [named("Person", row) | known | {"memberOf": held}]


def written(page):
    """Return a page that editors write; nothing is said of one that has no text."""
    if not page.complete_languages:
        return []
    with override(page.language):
        said = {
            "@type": WRITTEN.get(page.slug, "WebPage"),
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language,
            "url": absolute(page.get_absolute_url()),
            "publisher": the_assembly(),
        }
    return [said | ({"dateModified": page.last_changed} if page.last_changed else {})]
