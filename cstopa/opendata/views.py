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
from cstopa.opendata import openapi, tables
from cstopa.opendata.changed_since import gone, page_since, was_seen
from cstopa.opendata.forms import ParametersForm, errors_of
from cstopa.opendata.resources import DOCUMENTS, RESOURCES
from cstopa.opendata.responses import as_json, as_table, bad_request, for_machines, problem

SIZE = 100


def address(name, *args):
    return absolute(reverse(f"opendata:{name}", args=args))


def takes(*parameters):
    """Give a view its Resource, where it has one, and what was asked by these parameters alone."""

    def decorate(view):
        @wraps(view)
        def answer(request, resource=None, **kwargs):
            known = {*parameters}
            if resource is not None:
                if resource not in RESOURCES:
                    return problem(404, "Not Found", "There is no such resource.")
                kwargs["resource"] = resource = RESOURCES[resource]
                known &= resource.parameters
            form = ParametersForm(request.GET, known, bool(resource and resource.is_dated))
            if errors := errors_of(form):
                return bad_request(errors)
            asked = {name: form.cleaned_data.get(name) for name in parameters}
            return view(request, **kwargs, **asked)

        return for_machines(answer)

    return decorate


@takes()
def index(request):
    resources = [
        {
            "name": resource.name,
            "description": str(resource.description),
            "items": address("list", resource),
            "table": address("table", resource),
            "parameters": sorted(resource.parameters),
        }
        for resource in RESOURCES.values()
    ]
    return as_json(
        {
            "title": str(settings.ASSEMBLY_NAME),
            "resources": resources,
            "openapi": address("openapi"),
            "datapackage": address("datapackage"),
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
        return bad_request([("page", "Take the position from a next link of the same list.")])
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


@takes("date")
def table(request, resource, date):
    return as_table(tables.table_of(resource, resource.queryset(date), date), resource.name)


@takes()
def datapackage(request):
    return as_json(tables.package(RESOURCES.values(), absolute(reverse("open-data"))))


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


@require_safe
def open_data(request):
    """Show every resource with its table; with a day, the tables are those of the day."""
    if address := with_iso_days(request):
        return redirect(address)
    form = DayForm(request.GET, auto_id="page:%s")
    context = {"form": form, "asked": form.asked, "day": form.day}
    return render(request, "opendata/page.html", {**context, "resources": RESOURCES.values()})
