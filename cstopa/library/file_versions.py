"""The file among what the versions of a row say: it is shown, and counts where two are compared."""

from itertools import pairwise

from django.utils.html import format_html

from cstopa.admin.labels import label

FILE = "file"


class FileVersions:
    """Pages of the versions of a row that has a file; ``file_in_words()`` is what a link to one says."""

    def file_in_words(self, row, address):
        """Return a row's file in words; ``address`` is that of the file."""
        raise NotImplementedError

    def set_history_delta_changes(self, request, versions, **options):
        super().set_history_delta_changes(request, versions, **options)
        field = self.opts.get_field(FILE)
        for new, old in pairwise(versions):
            # simple-history compares what a form has by that name.
            if new.file != old.file:
                change = {"field": label(field), "marked": self.compared_value(field, old, new)}
                new.history_delta_changes.insert(0, change)

    def compared_value(self, field, old, new):
        if field.name != FILE:
            return super().compared_value(field, old, new)
        return format_html("{} → {}", self._link(old), self._link(new))

    def shown_value(self, field, version, before):
        if field.name != FILE:
            return super().shown_value(field, version, before)
        if before and before.file != version.file:
            return self.compared_value(field, before, version)
        return self._link(version)

    def _link(self, version):
        address = self.address_of("version_file", version.id, version.pk)
        words = self.file_in_words(version.instance, address)
        return format_html('<a href="{}">{}</a>', address, words)

    def version_file_view(self, request, object_id, version_id):
        """Answer with the file of a version, for who may see the row as it was."""
        version = self.version_of(request, object_id, version_id)
        self.seen_by(request, object_id, version)
        return self.answer(request, version.instance)
