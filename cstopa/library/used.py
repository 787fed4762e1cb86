"""What shows a file of the library."""

from cstopa.admin.base import MOST_NAMED, as_links


class WhereUsed:
    """Pages of a model whose rows others show."""

    def showing(self, row):
        """Yield querysets of the rows that show one."""
        for relation in self.model._meta.related_objects:
            yield relation.related_model._base_manager.filter(**{relation.field.name: row})

    def used_in(self, request, row):
        """Return links to the rows that show one, of those that somebody may see."""
        rows = []
        for found in self.showing(row):
            pages = self.admin_site._registry.get(found.model)
            if pages and pages.has_view_permission(request):
                some = found.order_by("-pk")[: MOST_NAMED + 1]
                rows += (each for each in some if each not in rows)
        return as_links(rows)
