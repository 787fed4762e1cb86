from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """What readers see beside words."""

    name = "cstopa.library"
    verbose_name = _("Library")

    def ready(self):
        # What is drawn repeats the picture, whatever writes it: the desk, a restored row, a fixture.
        from cstopa.library import drawing, placements
        from cstopa.library.models import Picture, Renditions

        placements.follow()
        post_save.connect(drawing.draw_later, Picture, dispatch_uid="draw-picture")
        post_delete.connect(drawing.delete_files, Renditions, dispatch_uid="delete-renditions")
