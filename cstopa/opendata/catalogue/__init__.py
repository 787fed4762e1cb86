"""Every resource, by its name in addresses."""

from cstopa.opendata.catalogue import delegations, evidence, facts, news, parliaments

RESOURCES = {
    resource.name: resource
    for resource in (
        delegations.DELEGATIONS,
        parliaments.PARLIAMENTS,
        facts.PARLIAMENT_NAMES,
        facts.CHAMBERS,
        facts.CHAMBER_NAMES,
        facts.ALLOCATIONS,
        facts.ROSTERS,
        parliaments.PEOPLE,
        facts.MEMBERSHIPS,
        facts.OFFICES,
        facts.ROLES,
        facts.PARTICIPATIONS,
        evidence.SOURCES,
        evidence.FURTHER_SOURCES,
        news.ARTICLES,
        news.TOPICS,
    )
}
