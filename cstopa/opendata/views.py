"""The addresses of the data, and the page that leads people to it."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cstopa.forms import DayForm, with_iso_days
from cstopa.http.addresses import absolute
from cstopa.http.pagination import page_of
from cstopa.models.periods import today
from cstopa.opendata import archive, openapi, structured_data, tables, workbooks
from cstopa.opendata.changed_since import gone, page_since, was_seen
from cstopa.opendata.forms import ParametersForm, refusal
from cstopa.opendata.resources import DOCUMENTS, LEADING, RESOURCES, TABLES
from cstopa.opendata.responses import (
    as_file,
    as_json,
    as_table,
    for_machines,
    no_such_page,
    problem,
)
from cstopa.pages.models import imprint

SIZE = 100


def address(name, *args):
    return absolute(reverse(f"opendata:{name}", args=args))


def takes(*parameters, of=RESOURCES):
    """Give a view its Resource, ``of`` which there are, and what was asked by these parameters alone."""

    def decorate(view):
        @wraps(view)
        def answer(request, resource=None, **kwargs):
            known = {*parameters}
            if resource is not None:
                if resource not in of:
                    return problem(404, "Not Found", "There is no such resource.")
                kwargs["resource"] = resource = of[resource]
                known &= resource.parameters
            form = ParametersForm(request.GET, known, getattr(resource, "is_dated", False))
            if refused := refusal(form):
                return refused
            asked = {name: form.cleaned_data.get(name) for name in parameters}
            return view(request, **kwargs, **asked)

        return for_machines(answer)

    return decorate


def files_of(table):
    return {"table": address("table", table), "workbook": address("workbook", table)}


@takes()
def index(request):
    resources = [
        {
            "name": resource.name,
            "description": str(resource.description),
            "items": address("list", resource),
            **files_of(resource),
            "parameters": sorted(resource.parameters),
        }
        for resource in RESOURCES.values()
    ]
    derived = [
        {"name": table.name, "description": str(table.description), **files_of(table)}
        for name, table in TABLES.items()
        if name not in RESOURCES
    ]
    return as_json(
        {
            "title": str(settings.ASSEMBLY_NAME),
            "resources": resources,
            "tables": derived,
            "archive": address("archive"),
            "openapi": address("openapi"),
            "datapackage": address("datapackage"),
            "dcat": address("dcat"),
            **{name: address("document", name) for name in DOCUMENTS},
            **openapi.indexed(),
        }
    )


@takes("page", "date", "changed_since")
def collection(request, resource, page, date, changed_since):
    rows = resource.queryset(date)
    if changed_since:
        answered = page_since(resource, changed_since, page, SIZE)
    else:
        # No code is empty. Without a bound SQLite would sort all the public articles for a page of them.
        in_order = rows.filter(code__gt="").order_by("code")
        answered = page_of(in_order, page, SIZE, never_empty=False)
    if answered.is_misread:
        return no_such_page("Take the position from a next link of the same list.")
    if changed_since:
        items = changed(resource, rows, answered.rows, date)
    else:
        items = resource.read(answered.rows, date)
    following = None
    if answered.next:
        asked = {**request.GET.dict(), "page": answered.next}
        following = f"{address('list', resource)}?{urlencode(asked)}"
    return as_json({"items": items, "next": following})


def changed(resource, rows, versions, day):
    """Return the rows of these versions as they are now, and what is said of those that went."""
    kept = resource.read(rows.filter(pk__in=[version.id for version in versions]), day)
    items = {item["code"]: item for item in kept}
    return [items.get(version.code) or gone(version) for version in versions]


@takes("date")
def single(request, resource, code, date):
    for item in resource.read(resource.queryset(date).filter(code=code), date):
        return as_json(item)
    if date and resource.queryset(None).filter(code=code).exists():
        return problem(404, "Not Found", "This is on record, and not in force on that day.")
    if was_seen(resource, code):
        return problem(410, "Gone", "What had this code was deleted or withdrawn.")
    return problem(404, "Not Found", "Nothing has or had this code.")


def file_name(name, day):
    """Return the name of a file with its day: that which was asked for, or that on which it was made."""
    return f"{name}-as-of-{day}" if day else f"{name}-{today()}"


@takes("date", of=TABLES)
def table(request, resource, date):
    return as_table(tables.table_of(resource, date), file_name(resource.name, date))


@takes("date", of=TABLES)
def workbook(request, resource, date):
    most = workbooks.MOST_ROWS
    if resource.has_more_than(most, date):
        words = f"This table has more than {most} rows. It is at {address('table', resource)}."
        return problem(400, "Bad Request", words)
    publisher = imprint()
    notes = [
        ("about", settings.ASSEMBLY_NAME),
        ("publisher", publisher.name or "not stated"),
        ("licence", publisher.rights),
        ("address", address("workbook", resource)),
        ("as of", date or "all days"),
        ("made on", today()),
        *(("not on record", each) for each in resource.unrecorded(date)),
    ]
    parts = workbooks.workbook_of(resource, date, notes)
    return as_file(parts, f"{file_name(resource.name, date)}.xlsx", workbooks.XLSX)


@takes("date")
def everything(request, date):
    parts = archive.archive(package(date), date)
    return as_file(parts, f"{file_name('open-data', date)}.zip", archive.ZIP)


def package(day=None):
    return tables.package(TABLES.values(), absolute(reverse("open-data")), day)


@takes()
def datapackage(request):
    return as_json(package())


@takes()
def dcat(request):
    found = structured_data.catalog(TABLES.values())
    return as_json(found, content_type=openapi.JSON_LD)


@takes("date")
def document(request, name, date):
    resource, _dot, rest = name.partition(".")
    # There the columns of a table were described as CSV on the Web.
    if resource in RESOURCES and rest == "csv-metadata":
        words = f"The columns of all tables are described at {address('datapackage')}."
        return problem(410, "Gone", words)
    if name not in DOCUMENTS:
        return problem(404, "Not Found", "There is no such document.")
    return as_json(DOCUMENTS[name].read(date))


@takes()
def openapi_document(request):
    return as_json(openapi.document(), content_type="application/vnd.oai.openapi+json")


def with_gaps(titled, day):
    """Return tables and their titles with what is not on record of each."""
    return [(table, title, table.unrecorded(day)) for table, title in titled]


@require_safe
def open_data(request):
    """Show every resource with its table; with a day, the tables are those of the day."""
    if address := with_iso_days(request):
        return redirect(address)
    form = DayForm(request.GET, auto_id="page:%s")
    leading = [(TABLES[name], title) for name, title in LEADING.items()]
    others = [(table, table.title) for name, table in TABLES.items() if name not in LEADING]
    day = form.day if form.asked else None
    context = {
        "form": form,
        "asked": form.asked,
        "day": form.day,
        "leading": with_gaps(leading, day),
        "others": with_gaps(others, day),
        "described": structured_data.dataset([*leading, *others]),
        "most_rows": workbooks.MOST_ROWS,
    }
    return render(request, "opendata/page.html", context)
