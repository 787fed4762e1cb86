from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    """The desk at which the secretariat looks after what the site publishes."""

    index_title = _("What there is to do")
    empty_value_display = "–"
    # "All records" has all lists, and what is below has the whole width.
    enable_nav_sidebar = False
    # In the language of the desk.
    site_url = reverse_lazy("home")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._pages, self._listed, self._sections = [], [], []

    @property
    def site_header(self):
        """The name of the desk, by that of the site which it serves."""
        return _("Desk of the %(assembly)s") % {"assembly": settings.ASSEMBLY_SHORT_NAME}

    site_title = site_header

    def register_page(self, route, view, name, title="", is_for=lambda request: True):
        """Add a page that is of no one model; ``view`` is called with the request.

        By its ``title`` the first page leads there whom it ``is_for``, of a request.
        """
        self._pages.append(path(route, self.admin_view(view), name=name))
        if title:
            self._listed.append((title, f"{self.name}:{name}", is_for))

    def register_section(self, maker):
        """Add to the first page what ``maker`` makes of a request: a ``first_page.Section``, or None."""
        self._sections.append(maker)

    def register_answer(self, route, view, name):
        """Add what a script asks, or who has a link: the ``view`` refuses who may not, and leads to no sign-in."""
        self._pages.append(path(route, view, name=name))

    def has_permission(self, request):
        """Whoever is to have a second factor, and has not shown it, does nothing at the desk."""
        from cstopa.accounts.second_step import is_lacking

        return super().has_permission(request) and not is_lacking(request)

    def admin_view(self, view, cacheable=False):
        """Lead to the sign-in who is not signed in, and say so where she was."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request, *args, **kwargs):
            from cstopa.accounts.signed_out import remember_signed_in, say_signed_out

            response = guarded(request, *args, **kwargs)
            if request.user.is_authenticated:
                remember_signed_in(request, response)
            elif response.status_code == 302:
                say_signed_out(request, response)
            return response

        return answer

    def login(self, request, extra_context=None):
        """Sign in, in one step or two; a browser that a link names is known from then on."""
        # They need the models.
        from cstopa.accounts.browsers import name_in, remember
        from cstopa.accounts.second_step import sign_in

        response = sign_in(request, self, extra_context or {})
        if name := request.method == "GET" and name_in(request.GET.get("known", "")):
            remember(response, name)
        return response

    def logout(self, request, extra_context=None):
        from cstopa.accounts.signed_out import forget_signed_in

        response = super().logout(request, extra_context)
        if not request.user.is_authenticated:
            forget_signed_in(response)
        return response

    def autocomplete_view(self, request):
        from cstopa.admin.choices import Choices

        return Choices.as_view(admin_site=self)(request)

    def index(self, request, extra_context=None):
        # Its models are there only after the site.
        from cstopa.admin.first_page import sections, tasks
        from cstopa.publishing.waiting import waiting_for
        from cstopa.working_copies.models import WorkingCopy

        unsaved = WorkingCopy.objects.filter(account=request.user).with_words().count()
        context = {"unsaved_texts": unsaved, "waiting": waiting_for(request)}
        context |= {"tasks": tasks(request), "sections": sections(request, self._sections)}
        context["pages"] = [
            (title, reverse(name)) for title, name, is_for in self._listed if is_for(request)
        ]
        return super().index(request, context | (extra_context or {}))

    def get_urls(self):
        """Leave out the way from any row to its public address, which tells the slug of a draft.

        Who lacks the second factor may leave: Django's own page of that is for who may do something here.
        """
        others = {"view_on_site", "logout"}
        urls = [each for each in super().get_urls() if getattr(each, "name", "") not in others]
        return [path("logout/", self.logout, name="logout"), *self._pages, *urls]

    def get_app_list(self, request, app_label=None):
        """Keep the order in which the models are registered: that of the work, not of the names."""
        return list(self._build_app_dict(request, app_label).values())
