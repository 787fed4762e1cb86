"""The addresses of the data."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from cstopa.http.addresses import absolute
from cstopa.http.as_of import speaking_of
from cstopa.http.pagination import page_of
from cstopa.opendata import changed_since, openapi, popolo, tables
from cstopa.opendata.catalogue import RESOURCES
from cstopa.opendata.forms import Question
from cstopa.opendata.responses import as_json, for_machines, problem

SIZE = 100


def address(name, *args):
    return absolute(reverse(f"opendata:{name}", args=args))


def understood(*parameters):
    """Give a view its Resource, where it has one, and what was asked: of these parameters only.

    What is made inside speaks of the day that was asked for.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, resource=None, **kwargs):
            asked = {*parameters}
            if resource is not None:
                if resource not in RESOURCES:
                    return problem(404, "Not Found", "There is no such resource.")
                kwargs["resource"] = resource = RESOURCES[resource]
                asked &= resource.parameters
            question = Question(request.GET, asked, bool(resource and resource.is_dated))
            if complaints := question.complaints:
                return misread(complaints)
            with speaking_of(question.cleaned_data.get("date")):
                return view(request, question=question.cleaned_data, **kwargs)

        return for_machines(answer)

    return decorate


def misread(complaints):
    names = ", ".join(dict.fromkeys(name for name, _message in complaints))
    return problem(400, "Bad Request", f"Not understood: {names}.", complaints)


@understood()
def index(request, question):
    resources = [
        {
            "name": resource.name,
            "description": str(resource.description),
            "items": address("list", resource.name),
            "table": address("table", resource.name),
            "table_description": address("table-description", resource.name),
            "parameters": sorted(resource.parameters),
        }
        for resource in RESOURCES.values()
    ]
    return as_json(
        {
            "title": str(settings.ASSEMBLY_NAME),
            "resources": resources,
            "openapi": address("openapi"),
            "popolo": address("popolo"),
            "changes": absolute(reverse("delegations:changes-json")),
        }
    )


@understood("page", "date", "changed_since")
def collection(request, resource, question):
    day, since, position = (question.get(name) for name in ("date", "changed_since", "page"))
    rows = resource.rows(day)
    chosen = changed_since.last_seen(resource, since) if since else rows.order_by("code")
    page = page_of(chosen, position, SIZE, never_empty=False)
    if page.is_misread:
        return misread([("page", "Take the position from a next link of the same list.")])
    if since:
        items = changed(resource, rows, page.rows)
    else:
        items = [resource.kind.json(row) for row in resource.complete(page.rows)]
    answer = {"items": items, "next": None}
    if page.next:
        asked = {**request.GET.dict(), "page": page.next}
        answer["next"] = f"{address('list', resource.name)}?{urlencode(asked)}"
    return as_json(answer)


def changed(resource, rows, last):
    """Return the rows of these versions as they are now, and what is said of those that went."""
    kept = resource.complete(rows.filter(pk__in=[version.id for version in last]))
    found = {row.pk: resource.kind.json(row) for row in kept}
    return [found.get(version.id) or changed_since.gone(version) for version in last]


@understood("date")
def single(request, resource, code, question):
    day = question.get("date")
    for row in resource.complete(resource.rows(day).filter(code=code)):
        return as_json(resource.kind.json(row))
    if day and resource.rows(None).filter(code=code).exists():
        return problem(404, "Not Found", "This is on record, and not in force on that day.")
    if changed_since.was_seen(resource, code):
        return problem(410, "Gone", "What had this code was deleted or withdrawn.")
    return problem(404, "Not Found", "Nothing has or had this code.")


@understood("date")
def table(request, resource, question):
    rows = resource.complete(resource.rows(question.get("date")).order_by("code"))
    text = tables.table(resource, map(resource.kind.json, rows))
    response = HttpResponse(text, "text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
    about = address("table-description", resource.name)
    response.headers["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    return response


@understood()
def table_description(request, resource, question):
    found = tables.description(resource, address("table", resource.name))
    return as_json(found, content_type="application/csvm+json")


@understood("date")
def as_popolo(request, question):
    return as_json(popolo.document(question.get("date")))


@understood()
def description(request, question):
    return as_json(openapi.document(), content_type="application/vnd.oai.openapi+json")
