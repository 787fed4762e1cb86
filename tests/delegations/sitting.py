"""Who sits in a delegation, asked of the rows and of nothing that counts them."""

from delegations.models import Membership


def members(delegation, day):
    """Return the memberships of a delegation on a day."""
    rows = Membership.objects.as_of(day).filter(chamber__parliament=delegation)
    return rows.select_related("person", "chamber", "source")
