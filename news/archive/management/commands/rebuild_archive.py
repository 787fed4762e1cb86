from django.core.management.base import BaseCommand

from news.archive.counts import rebuild
from news.models import Article


class Command(BaseCommand):
    help = "Counts the articles of each month of the archive again."

    def handle(self, *args, **options):
        self.stdout.write(f"{rebuild(Article.objects)} months.")
