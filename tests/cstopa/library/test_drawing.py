"""What readers get of a picture: drawn once, beside the request, and never at a reader's."""

import io
import os
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from cstopa.library import files, process
from cstopa.library.drawing import draw
from cstopa.library.models import Picture, Renditions, name_of
from cstopa.library.reading import refused, run
from cstopa.library.uploads import new_token
from cstopa.publishing.telling import AGAIN
from tests.cstopa.library.picturefile import picture, saved

pytestmark = pytest.mark.django_db


def make(drawn=None, **fields):
    drawn = drawn or picture(1000, 500)
    path = files.store(f"pictures/{new_token()}.png", saved(drawn, "PNG"))
    known = {"file": path, "width": drawn.width, "height": drawn.height, "is_decorative": True}
    return Picture.objects.create(**known | fields)


def test_it_is_drawn_in_each_format_width_and_shape(done, stored):
    with done():
        row = make()
    renditions = row.renditions
    found = {(each["shape"], each["kind"]): [] for each in renditions.drawn}
    for each in renditions.drawn:
        with default_storage.open(renditions.path(name_of(each))) as file:
            content = file.read()
        assert len(content) == each["size"]
        size = Image.open(io.BytesIO(content)).size
        assert size == (each["width"], each["height"])
        found[each["shape"], each["kind"]].append(size)
    kinds = ("avif", "webp", "png")
    # As wide as it is, and no wider.
    assert found == {
        **{("whole", kind): [(480, 240), (800, 400), (1000, 500)] for kind in kinds},
        **{("wide", kind): [(480, 270), (800, 450), (889, 500)] for kind in kinds},
    }
    assert stored() == sorted([row.file.name, *renditions.paths])


def test_a_large_one_has_four_widths():
    drawn, _parts = run(saved(picture(3000, 600)), "render", 50, 50)
    widths = [each["width"] for each in drawn if (each["shape"], each["kind"]) == ("whole", "jpg")]
    assert widths == [480, 800, 1200, 1920]


@pytest.mark.parametrize("size", [(900, 300), (300, 900), (16, 9), (1, 1), (700, 1), (1, 700)])
@pytest.mark.parametrize("x", [0, 30, 100])
@pytest.mark.parametrize("y", [0, 55, 100])
def test_the_focal_point_is_in_every_crop(size, x, y):
    drawn = Image.new("RGB", size)
    at = (min(size[0] - 1, size[0] * x // 100), min(size[1] - 1, size[1] * y // 100))
    drawn.putpixel(at, (255, 255, 255))
    cropped = process.crop(drawn, process.SHAPES["wide"], x / 100, y / 100)
    assert {most for _least, most in cropped.getextrema()} == {255}
    assert cropped.width == size[0] or cropped.height == size[1]


def test_another_focal_point_is_drawn_at_another_address(done, stored):
    with done():
        row = make()
    old = row.renditions.token
    with done():
        row.focal_x = 10
        row.save()
    new = Renditions.objects.get()
    assert new.token != old
    assert stored() == sorted([row.file.name, *new.paths])
    # What changes nothing that is seen is not drawn anew.
    with done():
        row.caption_en = "Said"
        row.save()
    assert Renditions.objects.get().token == new.token


def test_what_was_changed_meanwhile_is_drawn_by_the_later_task(stored):
    row = make()

    def change(*arguments):
        Picture.objects.filter(pk=row.pk).update(focal_y=90)
        return run(*arguments)

    with mock.patch("cstopa.library.drawing.run", change):
        draw.func(row.pk)
    assert not Renditions.objects.exists()
    assert stored() == [row.file.name]
    draw.func(row.pk)
    assert Renditions.objects.get().of_y == 90


def test_a_full_disk_leaves_nothing_behind_and_the_command_draws_it_again(stored, capsys):
    row = make()
    save, number = default_storage.save, 0

    def fill(*arguments, **named):
        nonlocal number
        number += 1
        if number == 3:
            raise OSError("full")
        return save(*arguments, **named)

    with (
        mock.patch.object(type(default_storage._wrapped), "save", side_effect=fill),
        pytest.raises(CommandError, match=row.code),
    ):
        call_command("draw_pictures")
    assert stored() == [row.file.name]
    call_command("draw_pictures")
    assert "1 pictures were drawn." in capsys.readouterr().out
    token = row.renditions.token
    call_command("draw_pictures")
    assert Renditions.objects.get().token == token
    call_command("draw_pictures", all=True)
    assert Renditions.objects.get().token != token


@pytest.mark.parametrize("error", [OSError("away"), refused("busy")])
def test_what_may_pass_is_tried_again_by_a_worker(settings, error):
    row = make()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with mock.patch("cstopa.library.drawing.run", side_effect=error):
        # Who draws by hand is told.
        with pytest.raises(CommandError, match=row.code):
            call_command("draw_pictures")
        assert not DBTaskResult.objects.exists()
        draw.func(row.pk)
        # After the last time it is in the log.
        with pytest.raises(type(error)):
            draw.func(row.pk, len(AGAIN))
    [waiting] = DBTaskResult.objects.all()
    assert waiting.run_after > timezone.now()
    draw.func(*waiting.args_kwargs["args"])
    assert Renditions.objects.get().picture == row


def test_what_is_broken_is_not_tried_again(settings):
    row = make()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    broken = mock.patch("cstopa.library.drawing.run", side_effect=refused("broken"))
    with broken, pytest.raises(ValidationError):
        draw.func(row.pk)
    assert not DBTaskResult.objects.exists()


def test_a_deleted_picture_leaves_its_file_for_its_versions_alone(done, stored):
    with done():
        row = make()
    with done():
        row.delete()
    assert stored() == [row.file.name]
    draw.func(row.pk)


def test_the_check_names_what_does_not_belong_together(stored, done, capsys):
    with done():
        row = make()
    call_command("check_library")
    assert capsys.readouterr().out == f"{len(stored())} files, all with rows.\n"
    orphan = files.store("pictures/orphan.jpg", b"x")
    other = files.store("renditions/gone/whole-480.avif", b"x")
    # Its row may not be on record yet.
    call_command("check_library")
    assert "2 files without rows, younger than an hour.\n" in capsys.readouterr().out
    for path in (orphan, other):
        os.utime(default_storage.path(path), (0, 0))
    with pytest.raises(CommandError, match="2 files without rows, 0 rows without files"):
        call_command("check_library")
    call_command("check_library", delete=True)
    assert "2 files without rows deleted.\n" in capsys.readouterr().out
    assert orphan not in stored()
    assert other not in stored()
    assert stored() == sorted([row.file.name, *row.renditions.paths])
    default_storage.delete(row.file.name)
    capsys.readouterr()
    with pytest.raises(CommandError, match="0 files without rows, 1 row without files"):
        call_command("check_library", delete=True)
    assert f"The file {row.file.name} of a row is not there." in capsys.readouterr().out
    with pytest.raises(CommandError, match=row.code):
        call_command("draw_pictures", all=True)
