"""What a field that is found by typing offers."""

from collections import Counter

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from cstopa.admin.hardening import is_key
from cstopa.admin.values import row_in_words


class Choices(AutocompleteJsonView):
    """Django's, in which rows of one name are told apart, and ``?without=`` is the key of a row left out."""

    def get_queryset(self):
        rows, without = super().get_queryset(), self.request.GET.get("without", "")
        return rows.exclude(pk=without) if is_key(rows.model, without) else rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self.names = Counter(map(row_in_words, context["object_list"]))
        return context

    def serialize_result(self, obj, to_field_name):
        words = row_in_words(obj)
        if self.names[words] > 1 and hasattr(obj, "natural_key"):
            words = f"{words} ({obj.natural_key()[0]})"
        return super().serialize_result(obj, to_field_name) | {"text": words}
