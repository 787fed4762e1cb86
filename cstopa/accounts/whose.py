"""Whose account a page of accounts is about."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cstopa.admin.hardening import is_key


def account_of(request):
    """Return the account that is asked about: one's own, or one that one may change."""
    asked = request.GET.get("account")
    if asked is None or asked == str(request.user.pk):
        return request.user
    return another_account(request, asked)


def another_account(request, asked):
    """Return an account by its key, which somebody may change."""
    User = get_user_model()
    pages = admin.site.get_model_admin(User)
    if not pages.has_change_permission(request):
        raise PermissionDenied
    account = get_object_or_404(User, pk=asked if is_key(User, asked) else None)
    if not pages.has_change_permission(request, account):
        raise PermissionDenied
    return account
