"""What was saved in a form of the record is taken back from its message, as what was confirmed in a preview is."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from delegations.admin.undoing import TakeBack
from delegations.taking_back import recording, written


class WithUndoOfSaves:
    """Pages of which the message of a save, of the rows inside the form as well, offers undo."""

    def _changeform_view(self, *args):
        with recording():
            return super()._changeform_view(*args)

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        if level == messages.SUCCESS and (places := written()):
            # Where a row was added, it has no page when that is taken back.
            is_added = not request.resolver_match.kwargs
            shown = reverse(admin_urlname(self.opts, "changelist")) if is_added else request.path
            message = TakeBack().button(request, {"back": shown, "written": places}, message)
        super().message_user(request, message, level, *args, **kwargs)
