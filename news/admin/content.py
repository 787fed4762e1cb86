"""What the form of an article and that of a draft over one have in common."""

from django.utils.translation import gettext_lazy as _

from cstopa.admin.labels import by_language
from cstopa.languages import language_of
from cstopa.library.documents.showing import shown
from cstopa.models.periods import today
from delegations.composition import Chronicle
from news.catalogue import catalogue
from news.models import Article

CONCERNS = ("delegations", "people", "topics", "source")
WORDS = by_language("headline", "summary", "body")
PICTURE = (_("Picture"), {"fields": ["lead_picture"], "classes": ("side",)})
DOCUMENTS = (_("Documents"), {"fields": ["documents"], "classes": ("side",)})
SUBJECTS = (_("What it concerns"), {"fields": CONCERNS, "classes": ("side",)})


class ContentPages:
    """Pages of a model that has the content of an article."""

    autocomplete_fields = (*CONCERNS, "lead_picture", "documents")
    # They have references to facts.
    texts_as_read = Article.text_fields()

    class Media:
        js = ("desk/references.js",)

    def text_as_read(self, row, field, of=None):
        """``of`` is the row whose documents it links, where that is another."""
        language = language_of(field)
        name = field.name.removesuffix(f"_{language}")

        def linked():
            # Nothing public may show them.
            return shown((of or row).documents.all(), is_public=False)

        return row.text(name, language, Chronicle(), linked).plain

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            days = [today()]
            if obj and obj.day != days[0]:
                days.append(obj.day)
            concerned = obj.delegations.all() if obj else ()
            context |= {"days": days, "references": catalogue(days, concerned, obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)
