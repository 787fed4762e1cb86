"""What keeps rows from being deleted, where it is so much that nobody need read all of it."""

from django.db.models import PROTECT

from cstopa.admin.lists import MOST


def first_of_many(rows, number):
    """Return so many of the rows that keep ``rows``, of one model, from deletion; none of up to MOST.

    One query for each relation, which reads no more than it goes past. Of fewer Django's collector tells all.
    """
    keys = [row.pk for row in rows]
    relations = rows[0]._meta.get_fields(include_hidden=True) if keys else ()
    for each in relations:
        if getattr(each, "on_delete", None) is PROTECT:
            found = each.related_model._base_manager.filter(**{f"{each.field.name}__in": keys})
            found = found.order_by("pk")
            if found.values_list("pk")[MOST : MOST + 1]:
                return list(found[:number])
    return []
