"""Fields and filters of the query string: a day, and days from and to."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet

from cstopa.languages import IN_LANGUAGE
from cstopa.models.days import ISO, read_day
from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, day_in_words, start_of, today
from cstopa.search.fields import readable

# The errors of a field of choices: they do not repeat the value, which whoever made the link has written.
MISREAD = {"invalid_choice": _("Choose one of the list.")}
# The code of an error of two answers each of which can be read.
CONTRADICTION = "contradiction"
# The parameters of a page that are days.
DAYS = ("date", "recorded", "from", "to")


class DayField(forms.DateField):
    """A day as people type it, within the days that the database takes.

    A text, and not the browser's own field: that one has no room for what was misread, is read
    badly by screen readers, and asks for the order of the browser's language, not of the page's.
    """

    widget = forms.TextInput
    hint = _("For example, 31.12.2025")
    default_validators = [
        MinValueValidator(EARLIEST, _("Ask for a day between 1900 and 2199.")),
        MaxValueValidator(LATEST, _("Ask for a day between 1900 and 2199.")),
    ]

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "help_text": self.hint, **kwargs})

    def to_python(self, value):
        if isinstance(value, str):
            return read_day(value) if value.strip() else None
        return value

    def bound_data(self, data, initial):
        """Return what was typed, or the day in the reader's words where that is how addresses say it."""
        if not data or not ISO.fullmatch(data):
            return readable(data or "")
        try:
            return day_in_words(self.to_python(data))
        except forms.ValidationError:
            return data


def with_iso_days(request):
    """Return the address of this page with its days as 2025-12-31, or None where they are so."""
    query = request.GET.copy()
    for name in query.keys() & DAYS:
        try:
            query[name] = DayField().clean(query[name]) or ""
        except forms.ValidationError:
            continue
    if all(str(query[name]) == request.GET[name] for name in query.keys() & DAYS):
        return None
    return f"{request.path}?{query.urlencode()}"


class IsoDaysMixin:
    """For a page: a day that was typed another way leads to the one address of its answer."""

    # Data takes days of one form alone, and says so.
    as_data = False

    def get(self, request, *args, **kwargs):
        if not self.as_data and (address := with_iso_days(request)):
            return HttpResponseRedirect(address)
        return super().get(request, *args, **kwargs)


class MarkedSelect(forms.Select):
    """A select that marks the names of another language, as a Text is marked in a page."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        language = getattr(label, "language", get_language())
        if language != get_language():
            option["attrs"]["lang"] = language
            option["label"] = f"{label} ({IN_LANGUAGE[language]})"
        return option


class AsOfForm(forms.Form):
    """Knows the day of the facts that a page shows: today where none is asked for, or misread."""

    @property
    def asked(self):
        """The day that was asked for and understood, or None."""
        self.is_valid()
        return self.cleaned_data.get("date")

    @property
    def day(self):
        return self.asked or today()


class DayForm(AsOfForm):
    date = DayField(label=_("As of the day"))


class FromToForm(forms.Form):
    """A question about the days ``from`` one ``to`` another, both included.

    ``understood`` are the answers that can be read, even where one contradicts another.
    """

    def clean(self):
        cleaned = super().clean()
        self.understood = dict(cleaned)
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last < first:
            words = _("This day is before the first one.")
            self.add_error("to", forms.ValidationError(words, code=CONTRADICTION))
        return cleaned


class DayFilter(Filter):
    field_class = DayField


class SinceFilter(DayFilter):
    """Keeps the rows whose moment lies on the day or later."""

    def filter(self, rows, day):
        return rows.filter(**{f"{self.field_name}__gte": start_of(day)}) if day else rows


class UntilFilter(DayFilter):
    """Keeps the rows whose moment lies on the day or earlier."""

    def filter(self, rows, day):
        if not day:
            return rows
        return rows.filter(**{f"{self.field_name}__lt": start_of(day + ONE_DAY)})


class FromToFilterSet(FilterSet):
    """Has filters ``from_`` and ``to``. The parameter is ``from``, which cannot name an attribute."""

    class Meta:
        form = FromToForm

    @classmethod
    def get_filters(cls):
        return {name.rstrip("_"): filter_ for name, filter_ in super().get_filters().items()}
