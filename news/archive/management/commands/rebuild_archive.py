from cstopa.management.base import DatabaseCommand
from news.archive.counts import rebuild
from news.models import Article


class Command(DatabaseCommand):
    help = "Counts the articles of each month of the archive again."

    def handle(self, *args, **options):
        self.stdout.write(f"{rebuild(Article.objects)} months.")
