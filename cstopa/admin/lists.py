"""How far a list of the desk goes: it costs the same however many rows there are."""

from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.functional import cached_property

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
