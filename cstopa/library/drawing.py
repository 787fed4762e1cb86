"""Draws what readers get of a picture, beside the request that saved it: see ``draw_now``."""

from functools import partial

from django.db import transaction
from django.tasks import task

from cstopa.library import files
from cstopa.library.again import deferring
from cstopa.library.models import Picture, Renditions, name_of
from cstopa.library.reading import run
from cstopa.library.uploads import new_token


@task()
def draw(key, tries=0):
    with deferring(draw, key, tries):
        draw_now(key)


def draw_now(key):
    """Draw the renditions of the picture with a key, unless they are there, or it is gone."""
    picture = Picture.objects.undrawn().filter(pk=key).first()
    if picture is None:
        return
    with picture.file.open() as file:
        drawn, parts = run(file.read(), "render", picture.focal_x, picture.focal_y)
    made = Renditions(
        token=new_token(),
        drawn=drawn,
        of_file=picture.file.name,
        of_x=picture.focal_x,
        of_y=picture.focal_y,
    )
    with files.gone_with_rows():
        for each, part in zip(drawn, parts, strict=True):
            files.store(made.path(name_of(each)), part)
        if not replace(picture, made):
            # It was changed or deleted meanwhile, and another task draws what it is now.
            files.delete(made.paths)


@transaction.atomic
def replace(picture, made):
    """Let readers get what was made of a picture, if that is still what it is, and return whether."""
    locked = Picture.objects.undrawn().select_for_update(of=("self",))
    same = {"file": made.of_file, "focal_x": made.of_x, "focal_y": made.of_y}
    picture = locked.filter(pk=picture.pk, **same).first()
    if picture is None:
        return False
    made.picture = picture
    for old in Renditions.objects.filter(picture=picture):
        # Their files go when this is on record.
        old.delete()
    made.save()
    return True


def draw_later(instance, **_signal):
    transaction.on_commit(partial(draw.enqueue, instance.pk), robust=True)


def delete_files(instance, **_signal):
    transaction.on_commit(partial(files.delete, instance.paths), robust=True)
