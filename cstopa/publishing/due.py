"""What was scheduled is done by the first request that comes after its moment, before it reads.

So readers, lists, counts, feeds and the search see the row itself, and no clock has to run beside
the site. A version that was scheduled is dated by its moment, whenever that request came.
"""

import logging
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.db.models import Subquery
from django.utils import timezone

from cstopa.http.kept.middleware import never_kept
from cstopa.http.kept.rows import until_written
from cstopa.middleware import at_desk
from cstopa.publishing.models import Draft, Expiring

logger = logging.getLogger("django.request")


@cache
def _kinds():
    """Return pairs of a model with moments and the name of their column."""
    return [
        (model, name)
        for model in apps.get_models()
        for kind, name in ((Draft, "goes_public_at"), (Expiring, "expires_at"))
        if issubclass(model, kind)
    ]


@until_written(1)
def first_due():
    """Return the moment at which the next thing is due, or None."""
    first, *others = (_first(model, name) for model, name in _kinds())
    return min(first.union(*others, all=True).order_by(), default=None)


def _first(model, name):
    # By its index, which has those alone that wait for a moment.
    waiting = model._base_manager.filter(**{f"{name}__isnull": False}).order_by(name)
    row = model._base_manager.order_by().filter(pk=Subquery(waiting.values("pk")[:1]))
    return row.values_list(name, flat=True)


def is_due():
    moment = first_due()
    return moment is not None and moment <= timezone.now()


def settle():
    """Do all that is due, in the order of its moments, and return the number of rows."""
    now = timezone.now()
    due = sorted(
        (moment, model._meta.label, pk)
        for model, name in _kinds()
        for moment, pk in model._base_manager.filter(**{f"{name}__lte": now}).values_list(
            name, "pk"
        )
    )
    return sum(_do(apps.get_model(label), pk, now) for _moment, label, pk in due)


def _do(model, pk, now):
    name = dict(_kinds())[model]
    with transaction.atomic():
        rows = model._base_manager.select_for_update()
        # Another process may have been faster.
        row = rows.filter(pk=pk, **{f"{name}__lte": now}).first()
        if row is None:
            return 0
        if name == "expires_at":
            row.withdraw(at=row.expires_at)
            return 1
        try:
            with transaction.atomic():
                row.publish_scheduled()
        except (ValidationError, Error) as error:
            # What no longer holds is not made public, and its draft stays.
            logger.error("%s %s does not go public: %s", model._meta.label, pk, error)
            row = rows.get(pk=pk)
            row._history_user = None
            row.move(None)
        return 1


def due_middleware(get_response):
    """See to it that readers and the desk find what is due done."""

    def middleware(request):
        path = request.path_info
        # A file is public as long as what shows it.
        is_read = not path.startswith(never_kept()) or path.startswith(settings.MEDIA_URL)
        if at_desk(request) or is_read:
            try:
                if is_due():
                    settle()
            except Error:
                # Who saves at this very moment is waited for by the next request.
                logger.exception("What is due could not be done")
        return get_response(request)

    return middleware
