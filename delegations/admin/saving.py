"""What was saved in a form of the record is taken back from its message, as what was confirmed in a preview is."""

from delegations.admin.undoing import TakeBack


class WithUndoOfSaves:
    """Pages of which the message of a save, of the rows inside the form as well, offers undo."""

    def undoable(self, request, words, places):
        is_of_row = bool(request.resolver_match.kwargs)
        back = request.path if is_of_row else self.address_before(places)
        return TakeBack().button(request, {"back": back, "written": places}, words)
