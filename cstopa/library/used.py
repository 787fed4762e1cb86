"""What shows a file of the library."""

from cstopa.admin.base import MOST_NAMED, as_links


class WhereUsed:
    """Pages of a model whose rows others show."""

    def used_in(self, request, row):
        """Return links to the rows that show one, of those that somebody may see."""
        rows = []
        for relation in self.model._meta.related_objects:
            pages = self.admin_site._registry.get(relation.related_model)
            if pages and pages.has_view_permission(request):
                found = pages.model._base_manager.filter(**{relation.field.name: row})
                rows += found.order_by("-pk")[: MOST_NAMED + 1]
        return as_links(rows)
