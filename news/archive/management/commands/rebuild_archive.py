from cstopa.management.base import DatabaseCommand
from news.archive import counts, listings
from news.models import Article


class Command(DatabaseCommand):
    help = (
        "Makes the archive again: the number of articles of each month, and the lists by subject."
    )

    def handle(self, *args, **options):
        months = counts.rebuild(Article.objects)
        self.stdout.write(f"{months} months, {listings.rebuild(Article)} places in lists.")
