"""Who may sign in, and what each may do: Django's own pages, on which nobody is raised above who opens them.

Django lets whoever may change accounts make superusers. Here who is none changes the accounts and groups
alone that may nothing which she may not herself, and gives no other right.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cstopa.accounts import erasing, signing_in
from cstopa.accounts.forms import PasswordChangeForm, SignInForm
from cstopa.accounts.zones import when
from cstopa.admin.account_sources import who
from cstopa.admin.groups import NAMES, in_order
from cstopa.admin.hardening import ForgedRequestMixin, is_key
from cstopa.admin.permissions import PermissionsField

# The fields of accounts and groups that say what may be done.
SWITCHES = {"is_active", "is_staff", "is_superuser"}
RIGHTS = {"groups", "user_permissions", "permissions"}


def beyond(account):
    """Return the permissions that an account lacks."""
    if account.is_superuser:
        return Permission.objects.none()
    own = Permission.objects.filter(Q(user=account) | Q(group__user=account))
    return Permission.objects.exclude(pk__in=own.values("pk"))


def changed_rights(form):
    """Return ``[sign, name]`` of what a form of an account or a group gives and takes, untranslated."""
    changed = []
    for name in form.changed_data:
        before, after = form.initial.get(name) or (), form.cleaned_data.get(name)
        if name in SWITCHES:
            with translation.override(None):
                words = str(form._meta.model._meta.get_field(name).verbose_name)
            changed.append(["+" if after else "−", words])
        elif name in RIGHTS:
            # Groups are shown in the language of the desk.
            old, new = ({row.pk: row.name for row in rows} for rows in (before, after))
            changed += [["+", new[key]] for key in new if key not in old]
            changed += [["−", old[key]] for key in old if key not in new]
    return changed


class BoundedPages(ForgedRequestMixin):
    """Pages of what has rights. ``given`` names the field in which they are, or what has them."""

    given = ""
    # Fields that are for superusers alone.
    unbounded = ()
    # What is chosen from is a list of boxes, and needs no script.
    filter_horizontal = ()
    media = forms.Media()

    def is_above(self, row, permissions):
        """Return whether a row has any of the permissions."""
        raise NotImplementedError

    def giveable(self, request):
        """Return the rows of ``given`` that somebody may give."""
        raise NotImplementedError

    def _may(self, request, row):
        return row is None or not self.is_above(row, beyond(request.user))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        hidden = () if request.user.is_superuser else self.unbounded
        return [
            (title, {**rest, "fields": [each for each in rest["fields"] if each not in hidden]})
            for title, rest in fieldsets
        ]

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        if changed := changed_rights(form):
            message.append({"rights": changed})
        return message

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == self.given:
            kwargs["queryset"] = self.giveable(request)
        if db_field.related_model is Permission:
            kwargs["form_class"] = PermissionsField
        elif db_field.related_model is Group:
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if not request.user.is_superuser:
            rows = self.opts.get_field(self.given).related_model
            sent = [each for each in request.POST.getlist(self.given) if is_key(rows, each)]
            given = rows.objects.filter(pk__in=sent)
            if {*self.unbounded} & request.POST.keys() or given.exclude(
                pk__in=self.giveable(request).values("pk")
            ):
                raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)


class BoundedGroupAdmin(BoundedPages, GroupAdmin):
    given = "permissions"

    def is_above(self, row, permissions):
        return row.permissions.filter(pk__in=permissions.values("pk")).exists()

    def giveable(self, request):
        return Permission.objects.exclude(pk__in=beyond(request.user).values("pk"))


class BoundedUserAdmin(BoundedPages, UserAdmin):
    given = "groups"
    unbounded = ("is_superuser", "user_permissions")
    readonly_fields = ("last_in", "joined")
    fieldsets = (
        *UserAdmin.fieldsets[:-1],
        (UserAdmin.fieldsets[-1][0], {"fields": readonly_fields}),
    )
    list_display = (
        "account",
        "full_name",
        "email",
        "roles",
        "second_factor",
        "is_active",
        "last_in",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "authenticator_set")

    @admin.display(description=User._meta.get_field("username").verbose_name, ordering="username")
    def account(self, row):
        return str(row)

    @admin.display(description=_("first and last name"), ordering="last_name")
    def full_name(self, row):
        return row.get_full_name()

    @admin.display(description=_("groups"))
    def roles(self, row):
        return ", ".join(sorted(map(str, row.groups.all())))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, row):
        return bool(row.authenticator_set.all())

    @admin.display(
        description=User._meta.get_field("last_login").verbose_name, ordering="last_login"
    )
    def last_in(self, row):
        return row.last_login and when(row.last_login)

    @admin.display(description=User._meta.get_field("date_joined").verbose_name)
    def joined(self, row):
        return when(row.date_joined)

    def is_above(self, row, permissions):
        # Also of one that may not sign in now, and of a superuser, who needs none.
        own = Q(user=row) | Q(group__user=row)
        return row.is_superuser or permissions.filter(own).exists()

    def _may(self, request, row):
        return request.user.is_superuser or super()._may(request, row)

    def has_change_permission(self, request, obj=None):
        # What names nobody is never somebody's again.
        is_erased = obj is not None and erasing.is_erased(obj)
        return super().has_change_permission(request, obj) and not is_erased

    def has_delete_permission(self, request, obj=None):
        # What it did would name nobody, and its log would go with it: it is erased instead.
        return False

    def has_erase_permission(self, request, account):
        """Return whether somebody may erase an account: the rights are those to change and to delete one."""
        may = self.has_change_permission(request, account)
        may_delete = may and super().has_delete_permission(request, account)
        # One's own would end what one is at; another administrator does it.
        return may_delete and account != request.user

    def get_fieldsets(self, request, obj=None):
        if obj is not None and erasing.is_erased(obj):
            # All else is empty.
            return [(None, {"fields": ["account", "joined"]})]
        return super().get_fieldsets(request, obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_erase"] = obj is not None and self.has_erase_permission(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Name who did it as the log does."""
        response = super().history_view(request, object_id, extra_context)
        for entry in getattr(response, "context_data", {}).get("action_list", ()):
            entry.user = User(username=who(entry))
        return response

    def user_change_password(self, request, id, form_url=""):
        """One's own is changed by the old one, which whoever finds the desk left open does not know."""
        if self.get_object(request, unquote(id)) == request.user:
            return HttpResponseRedirect(reverse("admin:password_change"))
        return super().user_change_password(request, id, form_url)

    def giveable(self, request):
        return in_order(Group.objects.exclude(permissions__in=beyond(request.user)))


def _name_of(account):
    return erasing.in_words(account.get_username())


def _in_words(group):
    return str(NAMES.get(group.name, group.name))


def register():
    """Put the guarded pages in the place of Django's."""
    # Choices, lists, filters and titles have it from there.
    Group.__str__ = _in_words
    User.__str__ = _name_of
    admin.site.login_form = SignInForm
    admin.site.password_change_form = PasswordChangeForm
    signing_in.register()
    for model, pages in ((Group, BoundedGroupAdmin), (User, BoundedUserAdmin)):
        admin.site.unregister(model)
        admin.site.register(model, pages)
