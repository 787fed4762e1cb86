from django.core.exceptions import ValidationError
from django.core.management import CommandError

from cstopa.library.drawing import draw_now
from cstopa.library.models import Picture, Renditions
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Draws what readers get of pictures: of those that lack it, or of all."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="draw all of them anew")

    def handle(self, *args, **options):
        if options["all"]:
            # No picture has such a point. Readers get what there is until it is drawn.
            Renditions.objects.update(of_x=101)
        failed = []
        number = 0
        for picture in Picture.objects.undrawn().order_by("pk"):
            try:
                draw_now(picture.pk)
            except (OSError, ValidationError) as error:
                failed.append(f"{picture.code}: {error}")
            else:
                number += 1
        self.stdout.write(f"{number} pictures were drawn.")
        if failed:
            raise CommandError("Not drawn:\n" + "\n".join(failed))
