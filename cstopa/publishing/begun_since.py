"""The form of a new draft, of which another was begun since it was opened: the two are merged."""

from uuid import uuid4

from django.utils import timezone

from cstopa.admin.base import desk_address
from cstopa.admin.merges import put_into, sent_by
from cstopa.publishing.forms import OF_LIVE
from cstopa.working_copies.models import WorkingCopy
from cstopa.working_copies.showing import MOST_OFFERED
from cstopa.working_copies.unsent import TOKEN, digest, fields_of, packed, token_of


def _opened_on_live(sent):
    """Say in the form of a new draft, for one that is there, what it was opened on."""
    sent["seen_version"] = f"{OF_LIVE}{sent.get('begun_from', '')}"
    return sent


class BegunSince:
    """Pages of a Draft: its row has one draft, whoever began it first."""

    def has_arrived(self, request, draft):
        """Return whether it is what the draft was begun with, sent once more."""
        copy = self._of(request, token_of(request.POST)).of_row(self.model, "")
        return copy.filter(saved_as=draft.pk, digest=digest(fields_of(request.POST))).exists()

    def taken_up(self, request, draft):
        """Return where the draft is written, with what was left of the form of a new one."""
        copies = self._left_over(request, draft).filter(token=token_of(request.GET))
        tokens = [self._move(request, copy, draft) for copy in copies]
        return f"{desk_address(draft)}?{TOKEN}={tokens[0]}" if tokens else desk_address(draft)

    def _left_over(self, request, draft):
        """Return what the account has left of forms of a new draft over the row of a draft."""
        copies = WorkingCopy.objects.filter(account=request.user).of_row(self.model, "")
        return copies.filter(fields__contains=packed([["live", str(draft.live_id)]])[1:-1])

    def _move(self, request, copy, draft):
        """Keep it for the form of the draft, and return its token there; one that is open goes on with its own."""
        token = uuid4().hex
        sent = _opened_on_live(copy.unsent())
        WorkingCopy.objects.keep(request.user, token, self.model, str(draft.pk), sent)
        self._of(request, copy.token).update(fields="")
        return token

    def merged(self, request, draft):
        """Save the form of a new draft as one of the draft that was begun since it was opened."""

        def view():
            form = self.get_form(request, draft, change=True)(instance=draft)
            if "goes_public_at" in form.fields and "goes_public_at" not in request.POST:
                # The form of what is public has no such field.
                put_into(request.POST, sent_by(form, "goes_public_at"))
            _opened_on_live(request.POST)
            return self.change_view(request, str(draft.pk), desk_address(draft))

        return self.as_another_form(request, None, draft.pk, view)

    def _offers(self, request, *asked):
        offers, live = super()._offers(request, *asked), request.GET.get("live")
        return [each for each in offers if not live or each.unsent().get("live") == live]

    def move_what_is_left(self, request, draft):
        """Have what was left of new drafts offered in the form of the draft, where no window has it open."""
        for copy in self._left_over(request, draft).exclude(open_until__gt=timezone.now())[
            :MOST_OFFERED
        ]:
            self._move(request, copy, draft)
