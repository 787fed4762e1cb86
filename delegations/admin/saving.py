"""What was saved in a form of the record is taken back from its message, as what was confirmed in a preview is."""

from delegations.admin.undoing import TakeBack


class WithUndoOfSaves:
    """Pages of which the message of a save, of the rows inside the form as well, offers undo."""

    def undoable(self, request, words, places):
        # Where a row was added, it has no page when that is taken back.
        is_added = not request.resolver_match.kwargs
        back = self.list_address if is_added else request.path
        return TakeBack().button(request, {"back": back, "written": places}, words)
