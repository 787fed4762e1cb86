"""Where a draft over a public article is written, and what readers see of it."""

from django.urls import reverse

from tests.reading import text

NEW = reverse("admin:news_articledraft_add")
TOMORROW = {"goes_public_at": "2027-03-02 09:00"}


def of_draft(draft, name="change", *args):
    return reverse(f"admin:news_articledraft_{name}", args=[draft.pk, *args])


def reads(client, words):
    return words in text(client.get("/news/conference/"))
