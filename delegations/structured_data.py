"""Delegations, parliaments and people in schema.org's words, for machines."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import ORGANIZATION, named, role, the_assembly


def organization(row, name):
    return {"@type": ORGANIZATION, "name": name, "url": absolute(row.get_absolute_url())}


def delegation_of(parliament, day):
    """Return the delegation of a parliament under its name of a day."""
    return {
        "@type": ORGANIZATION,
        "name": name_of_delegation(parliament.name_on(day)),
        "url": absolute(reverse("delegations:detail", args=[parliament.slug])),
    }


def name_of_delegation(name):
    return _("Delegation: %(name)s") % {"name": name.plain}


def site(officers):
    """Return the site, and the Assembly with its officers."""
    of_assembly = [
        role(office, office.role_label, member=named("Person", office.person))
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


def delegation(composition, roles, members):
    """Return a delegation with its representative, its roles and its members of the day."""
    row, represents = composition.delegation, composition.representative
    day = composition.day
    parliament = absolute(reverse("delegations:parliament-detail", args=[row.slug]))
    of_delegation = [*([represents] if represents else []), *roles, *members]
    return [
        {
            **delegation_of(row, day),
            "parentOrganization": {
                "@type": ORGANIZATION,
                "name": row.name_on(day),
                "url": parliament,
            },
            "member": [
                role(fact, fact.role_label, member=named("Person", fact.person))
                for fact in of_delegation
            ],
        }
    ]


def parliament(row, chambers, day):
    """Return a parliament with its chambers of the day; the only one may have no name."""
    said = organization(row, row.name_on(day))
    said["areaServed"] = {"@type": "Country", "name": row.state}
    parts = []
    for chamber in chambers:
        part = {"sameAs": chamber.website} if chamber.website else {}
        if name := chamber.name_on(day):
            parts.append({"@type": ORGANIZATION, "name": name, **part})
        else:
            said |= part
    return [said | {"subOrganization": parts}]


def organization_of(fact, day):
    """Return in what a fact gives its person a role, under its name of a day."""
    if fact.organization is None:
        return the_assembly()
    if fact.is_in_delegation:
        return delegation_of(fact.organization, day)
    return organization(fact.organization, fact.organization.name_on(day))


def person(row, facts, day):
    """Return a person with what they hold on the day."""
    language = row.name.language
    parts = {"givenName": "given_name", "additionalName": "patronymic", "familyName": "family_name"}
    said = {name: getattr(row, f"{part}_{language}") for name, part in parts.items()}
    held = [role(fact, fact.role_label, memberOf=organization_of(fact, day)) for fact in facts]
    known = {name: words for name, words in said.items() if words}
    return [named("Person", row) | known | {"memberOf": held}]
