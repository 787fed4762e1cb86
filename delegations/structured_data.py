"""Delegations, parliaments and people in schema.org's words, for machines."""

from django.conf import settings
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, path_to
from cstopa.http.structured_data import (
    ORGANIZATION,
    named,
    publisher,
    role,
    same_as,
    the_assembly,
)


def organization(name, path, of):
    """Return a parliament or a delegation; ``of`` are its resource and its row."""
    return {"@type": ORGANIZATION, "@id": same_as(*of), "name": name, "url": absolute(path)}


def delegation_of(parliament, day):
    """Return the delegation of a parliament under its name of a day."""
    name = _("Delegation: %(name)s") % {"name": parliament.name_on(day).plain}
    path = path_to("delegations:detail", parliament.slug)
    return organization(name, path, ("delegations", parliament))


def held(facts):
    """Return each fact of a person as a role, with the person."""
    return [role(fact, fact.role_label, member=named(fact.person)) for fact in facts]


def site(officers):
    """Return the site, and the Assembly with its officers."""
    assembly = the_assembly()
    return [
        {
            "@type": "WebSite",
            "name": settings.ASSEMBLY_NAME,
            "url": absolute(path_to("home")),
            "about": {"@id": assembly["@id"]},
            "publisher": publisher(),
        },
        assembly | {"member": held(officers)},
    ]


def delegation(composition, held_in_it):
    """Return a delegation with its representative, and with what is held in it on the day."""
    row, day = composition.delegation, composition.day
    representatives = filter(None, [composition.representative])
    path = path_to("delegations:parliament-detail", row.slug)
    return [
        {
            **delegation_of(row, day),
            "parentOrganization": organization(row.name_on(day), path, ("parliaments", row)),
            "member": held([*representatives, *held_in_it]),
        }
    ]


def parliament(row, chambers, day):
    """Return a parliament with its chambers of the day; the only one may have no name."""
    whole = organization(row.name_on(day), row.get_absolute_url(), ("parliaments", row))
    whole["areaServed"] = {"@type": "Country", "name": row.state}
    parts = []
    for chamber in chambers:
        part = {"sameAs": chamber.website} if chamber.website else {}
        if name := chamber.name_on(day):
            parts.append({"@type": ORGANIZATION, "name": name, **part})
        else:
            whole |= part
    return [whole | {"subOrganization": parts}]


def organization_of(fact, day):
    """Return in what a fact gives its person a role, under its name of a day."""
    parliament = fact.home_row
    if parliament is None:
        return the_assembly()
    if fact.is_in_delegation:
        return delegation_of(parliament, day)
    path = parliament.get_absolute_url()
    return organization(parliament.name_on(day), path, ("parliaments", parliament))


def person(row, facts, day, portrait=None):
    """Return a person with what they hold on the day, and a ShownPicture of them, if there is one."""
    language = row.name.language
    parts = {"givenName": "given_name", "additionalName": "patronymic", "familyName": "family_name"}
    names = {name: getattr(row, f"{part}_{language}") for name, part in parts.items()}
    roles = [role(fact, fact.role_label, memberOf=organization_of(fact, day)) for fact in facts]
    image = portrait and portrait.sharing["address"]
    return [named(row) | names | {"image": image, "memberOf": roles}]
