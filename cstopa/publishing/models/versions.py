"""The versions of rows, as drafts and reviews ask for them."""

# The status in which readers see a row.
PUBLISHED = "published"


def newest(row):
    """Return the number of the newest version of a row, or None."""
    versions = type(row).history.filter(id=row.pk).order_by("-history_id")
    return versions.values_list("history_id", flat=True).first()


def newest_public(row):
    """Return the number of the newest version in which a row, which has a status, was public; 0 for none."""
    versions = type(row).history.filter(id=row.pk, status=PUBLISHED).order_by("-history_id")
    return (row.pk and versions.values_list("history_id", flat=True).first()) or 0


def not_before(row, moment):
    """Return a moment, or that of the newest version of a row where it is later: versions are in order."""
    versions = type(row).history.filter(id=row.pk).order_by("-history_id")
    last = versions.values_list("history_date", flat=True).first()
    return max(moment, last or moment)


def version_of(row, number):
    """Return a version of a row by its number; None where there is none."""
    return type(row).history.filter(id=row.pk, history_id=number).first() if number else None


def value(row, field):
    """Return what a row, or a version of one, has in a field; of a many-to-many one a set of keys."""
    if not field.many_to_many:
        return getattr(row, field.attname)
    rows = getattr(row, field.name)
    key = field.m2m_reverse_field_name() if hasattr(row, "history_id") else "pk"
    return set(rows.values_list(key, flat=True))
