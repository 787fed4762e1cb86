"""A form whose row others have saved since it was opened: what of both is kept, field by field."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cstopa.accounts.zones import when
from cstopa.admin.values import changed_value, form_values, row_in_words

# So many of those who saved it are named.
NAMED = 5
# The answers of an editor to whom a field is shown that another wrote as well.
MINE, THEIRS = "mine", "theirs"


def author(version):
    """Return who wrote a version, in words."""
    return str(version.history_user or version.history_change_reason or _("author not recorded"))


def by_whom(version):
    """Return who wrote a version and when, in words."""
    return {"who": author(version), "moment": when(version.history_date)}


def as_sent(widget, name, value):
    """Return ``{name: [values]}`` that a browser sends for a widget which shows a value."""
    widget = getattr(widget, "widget", widget)
    if isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, (list, tuple)) else widget.decompress(value)
        parts = zip(widget.widgets_names, widget.widgets, values, strict=True)
        return {
            key: sent
            for suffix, part, each in parts
            for key, sent in as_sent(part, name + suffix, each).items()
        }
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown = widget.format_value(value)
    if isinstance(shown, (list, tuple)):
        return {name: [str(each) for each in shown]}
    return {name: ["" if shown is None else str(shown)]}


def sent_by(form, name, as_name=None):
    """Return what a browser sends for a field of a form that it shows, under another name if given."""
    bound = form[name]
    return as_sent(bound.field.widget, as_name or bound.html_name, bound.value())


def put_into(data, sent):
    """Write into the data of a form what ``as_sent()`` returned."""
    for name, values in sent.items():
        if values:
            data.setlist(name, values)
        else:
            data.pop(name, None)


@dataclass(frozen=True)
class Conflict:
    """A field that both wrote, in HTML: what each of them made of what there was before."""

    name: str
    label: str
    html_name: str
    id_for_label: str
    theirs: SafeString
    mine: SafeString

    @property
    def choice(self):
        """The name of the answer."""
        return choice_name(self.html_name)


def choice_name(html_name):
    return f"{html_name}-choice"


@dataclass
class Merge:
    """A form, the version that it was opened on, None where that is not known, and the newest.

    ``taken`` are the labels of the fields in which what others saved stays, ``added`` those in which
    what the form has is written, ``conflicts`` those of which its editor has to say which it is.
    """

    form: forms.ModelForm
    seen: object
    newest: object
    others: list
    taken: list = field(default_factory=list)
    added: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)

    def __post_init__(self):
        self.data = self.form.data.copy()
        asked = forms.MultipleHiddenInput().value_from_datadict(
            self.data, {}, self.form.add_prefix("asked")
        )
        self._asked = set(asked or ())
        for name in self.now.fields:
            if name in self.form.fields and self._is_compared(name):
                self._compare(name)
        self.data[self.form.add_prefix("seen_version")] = str(self.newest.pk)

    @cached_property
    def _before(self):
        """The form as it was opened."""
        return self.seen and self.form.shown_as(self.seen.instance, form_values(self.seen))

    @cached_property
    def now(self):
        """The form as it would be opened now."""
        return self.form.shown_as(self.form.stored)

    @cached_property
    def _columns(self):
        opts = self.form._meta.model._meta
        return {each.name: each for each in (*opts.concrete_fields, *opts.many_to_many)}

    def _is_compared(self, name):
        shown = self.form.fields[name]
        return (
            name in self._columns
            and not shown.disabled
            and not isinstance(shown, InlineForeignKeyField)
            and not shown.widget.value_omitted_from_data(self.data, {}, self.form.add_prefix(name))
        )

    def _sent(self, form, name):
        return sent_by(form, name, self.form.add_prefix(name))

    def _read(self, name, data):
        widget = self.form.fields[name].widget
        return widget.value_from_datadict(data, {}, self.form.add_prefix(name))

    def _differs(self, form, name, data):
        return form is None or self.form.fields[name].has_changed(
            form[name].initial, self._read(name, data)
        )

    def _compare(self, name):
        choice = self.data.get(choice_name(self.form.add_prefix(name)))
        if name in self._asked and choice == THEIRS:
            put_into(self.data, self._sent(self._before or self.now, name))
        if not self._differs(self.now, name, self.data):
            return
        stored = self.data.copy()
        put_into(stored, self._sent(self.now, name))
        label = str(self.form[name].label)
        if not self._differs(self._before, name, self.data):
            put_into(self.data, self._sent(self.now, name))
            self.taken.append(label)
        elif self._differs(self._before, name, stored) or (
            name in self._asked and choice not in {MINE, THEIRS}
        ):
            self.conflicts.append(self._conflict(name, label, stored))
        else:
            self.added.append(label)

    def _conflict(self, name, label, stored):
        column = self._columns[name]
        theirs, mine = self._value(name, stored), self._value(name, self.data)
        before = theirs
        if self._before:
            opened = self.data.copy()
            put_into(opened, self._sent(self._before, name))
            before = self._value(name, opened)
        return Conflict(
            name,
            label,
            self.form.add_prefix(name),
            self.form[name].id_for_label,
            theirs=changed_value(column, before, theirs, around=1),
            mine=changed_value(column, before, mine, around=1),
        )

    def _value(self, name, data):
        """Return what is sent for a field as its value; what is none, as it was typed."""
        sent = self._read(name, data)
        try:
            return self.form.fields[name].clean(sent)
        except ValidationError:
            return ", ".join(filter(None, sent)) if isinstance(sent, list) else str(sent or "")

    @property
    def row(self):
        """The row in words, where it is one of another's form."""
        return row_in_words(self.form.stored) if self.form.prefix else ""

    @property
    def who(self):
        """Those who saved it meanwhile, in words."""
        names = [*dict.fromkeys(map(author, self.others))]
        return ", ".join(names[:NAMED]) or author(self.newest)

    @property
    def in_words(self):
        """What saving has made of both; nothing where nothing of others had to be kept."""
        if not self.taken:
            return ""
        words = {
            "row": self.row,
            "who": self.who,
            "moment": by_whom(self.newest)["moment"],
            "theirs": ", ".join(self.taken),
            "mine": ", ".join(self.added),
        }
        parts = [
            _("Since you opened “%(row)s”, %(who)s saved it too, last on %(moment)s.")
            if self.row
            else _("Since you opened this, %(who)s saved it too, last on %(moment)s."),
            _("What was saved then stays in: %(theirs)s."),
        ]
        if self.added:
            parts.append(_("What you wrote is added in: %(mine)s."))
        return " ".join(parts) % words
