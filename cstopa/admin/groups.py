"""The groups of the desk: what each may do with the rows of a model stands with the model's pages."""

from django.apps import apps as global_apps
from django.contrib import admin
from django.contrib.auth.management import create_permissions
from django.db.models import Case, When
from django.utils.translation import pgettext_lazy

WRITER, EDITOR, PUBLISHER, KEEPER = "Writer", "Editor", "Publisher", "Keeper of facts"
ADMINISTRATOR = "Administrator"
# Their rows have these names; what the desk shows is in its language.
NAMES = {
    WRITER: pgettext_lazy("a group", "Writer"),
    EDITOR: pgettext_lazy("a group", "Editor"),
    PUBLISHER: pgettext_lazy("a group", "Publisher"),
    KEEPER: pgettext_lazy("a group", "Keeper of facts"),
    ADMINISTRATOR: pgettext_lazy("a group", "Administrator"),
}
READ = ("view",)
READ_AND_WRITE = ("view", "add", "change")
EVERYTHING = (*READ_AND_WRITE, "delete")


def grant(app_config, using, apps=global_apps, **_kwargs):
    """Give the groups those permissions of an app that are new, and leave all others as they are."""
    try:
        permissions = apps.get_model("auth", "Permission")._base_manager.using(using)
        groups = apps.get_model("auth", "Group")._base_manager.using(using)
    except LookupError:
        return
    of_app = permissions.filter(content_type__app_label=app_config.label)
    known = set(of_app.values_list("pk", flat=True))
    # Django's own receiver may come later.
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    new = {each.codename: each for each in of_app if each.pk not in known}
    if not new:
        return
    for model in app_config.get_models():
        if not admin.site.is_registered(model):
            continue
        granted = getattr(admin.site.get_model_admin(model), "granted", {})
        for name, actions in (granted | {ADMINISTRATOR: _all(model._meta)}).items():
            codenames = (f"{action}_{model._meta.model_name}" for action in actions)
            group, _made = groups.get_or_create(name=name)
            group.permissions.add(*(new[each] for each in codenames if each in new))


def in_order(groups):
    """Return groups in the order of ``NAMES``, and others after them."""
    numbers = [When(name=name, then=number) for number, name in enumerate(NAMES)]
    return groups.order_by(Case(*numbers, default=len(NAMES)), "name")


def _all(opts):
    """Return what may be done with rows, but for emptying them for good: that is given one by one."""
    own = (codename.removesuffix(f"_{opts.model_name}") for codename, _name in opts.permissions)
    return {*opts.default_permissions, *own} - {"purge"}
