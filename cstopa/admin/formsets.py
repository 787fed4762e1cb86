"""Dated rows of one form: compared with what they will be, saved in an order that is possible."""

from graphlib import CycleError, TopologicalSorter
from itertools import product

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from cstopa.admin.conflicts import ConflictCheckedFormSet
from cstopa.models.constraints import NoOverlap


def row_in_words(row):
    """Return a row in words; its period alone where what it belongs to is not stated yet."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        return row.period_in_words


class PeriodFormSet(ConflictCheckedFormSet):
    """Rows whose periods an editor changes together: one is closed and the next opened."""

    def full_clean(self):
        keys = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        for form in self.forms:
            form.saved_together = keys
        super().full_clean()

    def clean(self):
        super().clean()
        self._order = []
        # A row that is to be deleted may be as wrong as it likes.
        forms = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        if any(form.errors for form in forms):
            return
        for number, form in enumerate(forms):
            for other in forms[:number]:
                for rule, row, in_the_way in product(self._rules(), form.rows, other.rows):
                    if rule.clash(row, in_the_way):
                        place = "first_day" if row is form.successor else "valid_from"
                        form.add_error(place, rule.violation(row_in_words(in_the_way)))
        if not any(form.errors for form in forms):
            self._put_in_order([form for form in forms if form.instance.pk and form.has_changed()])

    def _rules(self):
        return [rule for rule in self.model._meta.constraints if isinstance(rule, NoOverlap)]

    def _put_in_order(self, forms):
        """Let each row wait until the rows have left the days that it moves to.

        The database refuses at once, not at the end of the step.
        """
        stored = self.model._default_manager.in_bulk([form.instance.pk for form in forms])
        waits_for = {
            form: [
                other
                for other in forms
                if other is not form
                and any(
                    rule.clash(form.rows[0], stored[other.instance.pk]) for rule in self._rules()
                )
            ]
            for form in forms
        }
        try:
            self._order = list(TopologicalSorter(waits_for).static_order())
        except CycleError as error:
            error.args[1][0].add_error(
                "valid_from",
                _("These rows take each other’s days: save the end of one first, then the other."),
            )

    def save_existing_objects(self, commit=True):
        if not commit:
            return super().save_existing_objects(commit)
        # Django saves in the order of the form. It only sorts out here what there is to do.
        self.saved_forms = []
        super().save_existing_objects(commit=False)
        for row in self.deleted_objects:
            self.delete_existing(row)
        forms = sorted(self.saved_forms, key=self._order.index)
        for form in forms:
            if form.ended:
                form.end()
            else:
                self.save_existing(form, form.instance)
        for form in forms:
            if form.successor:
                self.save_existing(form, form.instance)
        return [form.saved for form in forms]
