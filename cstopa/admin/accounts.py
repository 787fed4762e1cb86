"""Who may sign in: Django's own pages, guarded as those of the other models are."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in

from cstopa.admin.hardening import ForgedRequestMixin
from cstopa.middleware import renew


class HardenedGroupAdmin(ForgedRequestMixin, GroupAdmin):
    pass


class HardenedUserAdmin(ForgedRequestMixin, UserAdmin):
    pass


def _signed_in(sender, request, user, **kwargs):
    renew(request)


def register():
    """Put the guarded pages in the place of Django's."""
    user_logged_in.connect(_signed_in, dispatch_uid="session-begins")
    for model, pages in ((Group, HardenedGroupAdmin), (User, HardenedUserAdmin)):
        admin.site.unregister(model)
        admin.site.register(model, pages)
