"""How far a list of the desk goes: it costs the same however many rows there are. And what an empty one needs."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.text import capfirst

# The rows that a list has pages for. Who looks for others searches, or chooses a filter.
MOST = 1_000


class MoreThan(int):
    """A number of rows that were not all counted, "1,000+" wherever the desk says it."""

    def __str__(self):
        return f"{number_format(int(self), force_grouping=True)}+"


class BoundedPaginator(Paginator):
    """Counts the first rows alone, and has pages for no more."""

    @cached_property
    def count(self):
        number = self.object_list.order_by().values("pk")[: MOST + 1].count()
        return number if number <= MOST else MoreThan(MOST)

    @property
    def is_cut(self):
        return isinstance(self.count, MoreThan)


def needed_first(request, model):
    """Return ``(words, address)`` of each list without a row of which a row of the model must name one."""
    opts = model._meta
    named = [field.related_model for field in opts.fields if field.is_relation and not field.null]
    # What has no rows of its own comes with those.
    needed = [opts.concrete_model] if opts.proxy else [*dict.fromkeys(named)]
    found = (
        admin.site.get_model_admin(each)
        for each in needed
        if admin.site.is_registered(each) and not each._base_manager.exists()
    )
    return [
        (capfirst(pages.opts.verbose_name_plural), reverse(admin_urlname(pages.opts, "changelist")))
        for pages in found
        if pages.has_view_or_change_permission(request)
    ]
