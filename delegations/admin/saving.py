"""What was saved in a form of the record is taken back from its message, as what was confirmed in a preview is."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from delegations.admin.undoing import TakeBack


class WithUndoOfSaves:
    """Pages of which the message of a save, of the rows inside the form as well, offers undo."""

    def undoable(self, request, words, places):
        [first, *others] = places
        back = self.list_address
        if request.resolver_match.kwargs:
            back = request.path
        elif not (others or first.is_new):
            # A row that was added has no page when that is taken back.
            back = reverse(admin_urlname(self.opts, "change"), args=[first.key])
        return TakeBack().button(request, {"back": back, "written": places}, words)
