"""The first page of the desk: what one comes to do, and what waits; all records are one link away."""

from dataclasses import dataclass
from itertools import islice

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# So many lines of a section are shown.
MOST = 5
# The pages of a model on which a task may begin.
ADD, LIST = "add", "changelist"


@dataclass
class Task:
    """What one comes to the desk for, and where it begins."""

    words: str
    address: str
    is_first: bool = False


@dataclass
class Line:
    """A row of a section: where it leads, and what is said beside its ``words``."""

    address: str
    words: str
    notes: tuple = ()


@dataclass
class Section:
    """``lines`` under a title, and where the rest of them is; without lines it is left out."""

    title: str
    lines: list
    rest: tuple = ()

    def __post_init__(self):
        self.lines = list(islice(self.lines, MOST))


class WithTasks:
    """Pages of a model on which something is begun: ``tasks`` are its words and ADD or LIST.

    With ``adds_first`` the first page begins with what is added here.
    """

    tasks = ()
    adds_first = False

    def get_tasks(self, request):
        """Return each Task that somebody may begin here."""
        return [
            Task(
                words,
                reverse(admin_urlname(self.opts, page)),
                is_first=self.adds_first and page == ADD,
            )
            for words, page in self.tasks
            if self.may_begin(request, page)
        ]

    def may_begin(self, request, page):
        """Return whether somebody has anything to do on ADD or LIST of the model."""
        may = {ADD: self.has_add_permission, LIST: self.has_change_permission}
        return may[page](request)


def tasks(request):
    """Return what somebody may begin: what comes first, then in the order of the models."""
    all_pages = admin.site._registry.values()
    with_tasks = (pages for pages in all_pages if isinstance(pages, WithTasks))
    found = [task for pages in with_tasks for task in pages.get_tasks(request)]
    return sorted(found, key=lambda task: not task.is_first)


def sections(request, makers):
    """Return what the ``makers`` have to say to somebody."""
    found = [maker(request) for maker in makers]
    return [section for section in found if section and section.lines]


def all_records(request):
    """Show the lists of all models, as Django's own first page does."""
    if request.method not in {"GET", "HEAD"}:
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("All records"),
        "app_list": admin.site.get_app_list(request),
    }
    return TemplateResponse(request, "admin/all_records.html", context)


def register():
    admin.site.register_page("all/", all_records, "all-records", gettext_lazy("All records"))
