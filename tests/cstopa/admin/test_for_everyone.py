"""The pages of an article's life at the desk are for everyone: in both languages, wide and narrow, light, dark and in forced colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.urls import reverse

from cstopa.accounts.links import address_for
from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
from cstopa.publishing.models import Review
from delegations.models import Delegation
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [
    ("light", 360, "none"),
    ("light", 1280, "none"),
    ("dark", 360, "none"),
    ("dark", 1280, "none"),
    ("light", 1280, "active"),
]
# What describes a field by its word, and is not there. Django leaves out the id beside what is no one input.
UNDESCRIBED = """() => [...document.querySelectorAll("[aria-describedby]:not(fieldset, #id_password)")]
  .flatMap((field) => field.getAttribute("aria-describedby").split(/\\s+/))
  .filter((id) => !document.getElementById(id))"""


@pytest.fixture
def pages():
    member = make.membership(valid_from="2020-01-01")
    home = Delegation.objects.get(pk=member.chamber.parliament_id)
    article = make.article(topics=[make.topic()], headline_ru="Заседание Ассамблеи")
    draft = make.article(status="draft", published_at=None)
    over, written = make.draft(article), make.page()
    Review.objects.take(draft, Review.State.SUBMITTED, User.objects.get(), "Please read it.")
    make.article(status="draft").delete()
    return [
        *(
            reverse(f"admin:{name}")
            for name in (
                "index",
                "all-records",
                "trash",
                "log",
                "calendar",
                "unsaved-texts",
                "sessions",
                "personal-data",
                "invite",
                "forgotten",
                "time-zone",
                "second-factor",
                "guide",
                "to-check",
            )
        ),
        f"{reverse('admin:search')}?q=article",
        reverse("admin:news_article_changelist"),
        reverse("admin:news_article_add"),
        *(page(draft, name) for name in ("change", "delete", "history")),
        *(f"/admin/news/article/{draft.pk}/{name}/" for name in ("links", "preview")),
        f"{page(article, 'change')}?live",
        *(page(row, "change") for row in (over, written, make.page_draft(written))),
        page(User.objects.get(), "change"),
        address_for(User.objects.get()).removeprefix(settings.SITE_URL),
        page(Group.objects.first(), "change"),
        page(home, "change"),
        *(
            f"/admin/delegations/membership/{member.pk}/{step}/"
            for step in ("correct", "follow", "end")
        ),
        f"/admin/delegations/person/{member.person_id}/merge/",
        page(member.person, "change"),
        page(member.chamber.parliament, "change"),
        *(page(model, "changelist") for model in (Picture, Document, User)),
        page(Picture, "add"),
        *(page(Document, "add"), page(make.document(), "change")),
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_none_of_them_has_a_fault(desk, base_url, pages, language):
    cookie = {"name": "django_language", "value": language, "url": base_url}
    desk.context.add_cookies([cookie])
    found = []
    for address in pages:
        desk.goto(base_url + address)
        desk.wait_for_load_state("networkidle")
        found += [(address, each) for each in desk.evaluate(UNDESCRIBED)]
        for scheme, width, forced in SCREENS:
            desk.emulate_media(color_scheme=scheme, reduced_motion="reduce", forced_colors=forced)
            desk.set_viewport_size({"width": width, "height": 800})
            # Colours of the desk go over into each other.
            desk.wait_for_timeout(200)
            over = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
            rules = Axe().run(desk, options={"preload": False}).response["violations"]
            found += [(address, scheme, width, over)] if over > 0 else []
            found += [
                (address, scheme, width, rule["id"], node["html"][:200])
                for rule in rules
                for node in rule["nodes"]
            ]
    assert [*found, *desk.mistakes] == []
