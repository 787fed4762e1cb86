"""Import: rows of a model from a table, seen cell by cell before all of them are saved."""

import copy
import hashlib
import json
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

import tablib
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.corrections import OVERWRITING, FactForm, answer_errors
from cstopa.admin.previews import AnswersForm, PreviewedAction, PreviewedForm, part
from cstopa.admin.resources import NUMBER, in_the_way, is_refused, problems, resource_of
from cstopa.admin.tables import TableForm, at_most, row_error, sample
from cstopa.models.written import recording


class MeaningForm(AnswersForm):
    """What it means, of all the rows of a table, that they overwrite what dated facts stated."""

    def __init__(self, data=None):
        fields = FactForm.declared_fields
        super().__init__({name: copy.deepcopy(fields[name]) for name in OVERWRITING}, data)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for name, words in answer_errors(cleaned).items():
                self.add_error(name, words)
        return cleaned


def _as_read(value):
    """Return a row as all that its columns hold, and anything else as it is written."""
    if isinstance(value, Model):
        return [getattr(value, field.attname) for field in value._meta.concrete_fields]
    return str(value)


class Import:
    """What the ``rows`` of a table do, see :class:`PreviewedAction`; they are those of ``rows_of``.

    ``for_readers`` tells of results what readers will see, see :class:`ImportRows`.
    """

    warnings = ()

    def __init__(self, resource, rows, may_change=None, for_readers=lambda results: ()):
        self.resource, self.may_change = resource, may_change
        self.columns = [name for name in resource._meta.fields if name in rows[0][1]]
        # What is on record comes first: it may end before another row starts.
        key = resource._meta.model.natural_key_field
        rows = sorted(rows, key=lambda row: not row[1].get(key))
        self.table = tablib.Dataset(
            *([str(number), *(cells[name] for name in self.columns)] for number, cells in rows),
            headers=[NUMBER, *self.columns],
        )
        self.meaning = {}
        self._try()
        read = [
            (each.row_values, each.import_type, each.diff, each.original) for each in self.results
        ]
        # As it is before anything is saved.
        self.for_readers = [
            (each.row_values[NUMBER], words) for each, words in for_readers(self.results)
        ]
        read.append(self.for_readers)
        self.digest = hashlib.sha256(json.dumps(read, default=_as_read).encode()).hexdigest()

    def _try(self):
        keys = self._run(dry_run=True)
        refused = {each.row_values[NUMBER]: each for each in self.results if is_refused(each)}
        if refused:
            self._put_in_order(refused, keys)
            self._run(dry_run=True)

    def _put_in_order(self, refused, keys):
        """Let each row wait until the rows have left the days that it moves to.

        What stands in a row's way may be asked after the run: no row that was refused has moved.
        """
        numbers = {keys[number]: number for number in refused if keys.get(number)}
        waiting = TopologicalSorter(
            {
                number: [numbers[key] for key in numbers.keys() & in_the_way(result)]
                for number, result in refused.items()
            }
        )
        rows = {row[0]: row for row in self.table}
        order = [number for number in rows if number not in refused]
        # Rows that wait for each other come last, and are refused again.
        with suppress(CycleError):
            waiting.prepare()
        while ready := waiting.get_ready():
            order += ready
            waiting.done(*ready)
        self.table = tablib.Dataset(
            *(rows[number] for number in dict.fromkeys([*order, *rows])),
            headers=self.table.headers,
        )

    def _run(self, *, dry_run):
        """Import the rows as ``results``; return ``{number: key of the row that is meant}``."""
        resource = self.resource(self.columns, self.meaning, self.may_change)
        result = resource.import_data(
            self.table, dry_run=dry_run, rollback_on_validation_errors=True
        )
        self.results = sorted(result.rows, key=lambda each: int(each.row_values[NUMBER]))
        return resource.keys

    @cached_property
    def overwritten(self):
        """The rows that overwrite what dated facts stated."""
        resource = self.resource()
        return [each for each in self.results if resource.overwrites(each.instance, each.original)]

    @property
    def errors(self):
        return [row_error(*problem) for problem in problems(self.results)]

    @property
    def errors_shown(self):
        return at_most(self.errors)

    def answers(self, data=None):
        return MeaningForm(data) if self.overwritten else AnswersForm({}, data)

    def decide(self, answers):
        if answers and self.overwritten:
            self.meaning = answers
            self._try()

    @property
    def is_open(self):
        return bool(self.overwritten) and not self.meaning

    @property
    def is_possible(self):
        return bool(self.new or self.changed) and not self.errors and not self.is_open

    @property
    def new(self):
        return [each for each in self.results if each.is_new()]

    @property
    def changed(self):
        return [each for each in self.results if each.is_update()]

    @property
    def unchanged(self):
        return [each for each in self.results if each.is_skip()]

    def apply(self):
        self._run(dry_run=False)
        if self.errors:
            # Somebody else saved since it was tried.
            raise IntegrityError(self.errors[0])

    @property
    def outcome(self):
        return _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d as they were.") % {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
        }


class ImportForm(TableForm, PreviewedForm):
    def __init__(self, action, request, *data):
        super().__init__(*data)
        self.action, self.request = action, request
        self.columns = action.resource._meta.fields
        self.required_columns = action.resource.required_columns()

    @property
    def parts(self):
        table = {
            "fields": ["file", "table"],
            "description": format_html(
                _(
                    "CSV in UTF-8 or XLSX. The first row names the columns: {}. What a column that "
                    'is not there would say stays as it is. <a href="{}">A sample with rows on record</a>'
                ),
                ", ".join(self.columns),
                self.action.address("sample"),
            ),
        }
        return [part(self, (_("A table"), table))]

    def clean(self):
        cleaned = super().clean()
        if not self.rows and not self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned

    def plan(self):
        pages, request = self.action.pages, self.request
        return Import(
            self.action.resource,
            self.rows,
            may_change=lambda row: pages.has_change_permission(request, row),
            for_readers=lambda results: self.action.for_readers(request, results),
        )


class ImportRows(PreviewedAction):
    """Import of the rows of a model, for whoever may add and change them."""

    name = "import"
    title = gettext_lazy("Import a table")
    on_row = False
    preview_template = "admin/import_preview.html"
    # Columns of the model that no table has.
    leaving_out = ()

    def __init__(self, pages):
        super().__init__(pages)
        self.resource = resource_of(pages.model, self.leaving_out)

    @property
    def urls(self):
        view = self.pages.admin_site.admin_view(self.sample)
        return [path("import/sample.csv", view, name=self._named("sample")), *super().urls]

    def address(self, name="import"):
        return reverse(f"admin:{self._named(name)}")

    def is_allowed(self, request):
        return self.pages.has_add_permission(request) and self.pages.has_change_permission(request)

    def make_form(self, request, row, *data):
        return ImportForm(self, request, *data)

    def for_readers(self, request, results):
        """Yield ``(result, words)`` of what readers will see, or see no more, beside what its cells say."""
        return ()

    def _done(self, request, row, plan):
        with recording():
            return super()._done(request, row, plan)

    def outcome(self, request, row, plan):
        return self.pages.with_way_back(request, plan.outcome)

    def sample(self, request):
        """Download the columns, with some rows as they are on record."""
        if not self.is_allowed(request):
            raise PermissionDenied
        rows = self.resource().export(self.pages.model._default_manager.order_by("pk")[:3])
        return sample(self.opts.model_name, rows.headers, rows.dict)

    def log(self, request, row, plan):
        for flag, results in ((ADDITION, plan.new), (CHANGE, plan.changed)):
            LogEntry.objects.log_actions(
                request.user.pk, [each.instance for each in results], flag, str(self.title)
            )
