"""Who may sign in: Django's own pages, guarded as those of the other models are."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from cstopa.admin.hardening import ForgedRequestMixin


class HardenedGroupAdmin(ForgedRequestMixin, GroupAdmin):
    pass


class HardenedUserAdmin(ForgedRequestMixin, UserAdmin):
    pass


def register():
    """Put the guarded pages in the place of Django's."""
    for model, pages in ((Group, HardenedGroupAdmin), (User, HardenedUserAdmin)):
        admin.site.unregister(model)
        admin.site.register(model, pages)
