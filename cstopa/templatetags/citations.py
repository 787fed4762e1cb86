"""How a page, or one thing on it, is quoted: by ISO 690:2021 in English, by ГОСТ Р 7.0.100-2018 in Russian.

The Russian standard has no general designation of material ("[Электронный ресурс]") any more: the kind
of content and the means of access come last.
"""

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, pgettext

from cstopa.languages import LANGUAGES, Text
from cstopa.models.periods import day_in_words, today
from cstopa.pages.models import imprint
from cstopa.templatetags.pages import canonical

register = template.Library()


@register.inclusion_tag("_citation.html", takes_context=True)
def citation(context, title, kind="", address="", languages=LANGUAGES, is_one_of_many=False):
    """Say how to quote a page: a ``title`` of a ``kind``, and its lasting ``address``.

    Without one, of a page of facts, it is that of the version of the record and of the day of which
    the page speaks; and else its canonical one, of the ``languages`` in which it exists.
    """
    version = None
    if not address:
        version = (
            context.get("version_address") and context["version"].number and context["version"]
        )
        lasting = context["version_address"] if version else context.get("lasting_address")
        address = lasting or canonical(context, languages)
    day = context["day"] if context.get("lasting_address") else context.get("asked")
    return {
        "line": line(title, kind, address, as_of_day(day, context.get("undated"))),
        "version": version,
        "day_query": context.get("lasting_query"),
        "holds_today_alone": context.get("holds_today_alone"),
        "is_one_of_many": is_one_of_many,
    }


def as_of_day(day, undated):
    """Return of which day a page speaks, and that "some" or "all" of its facts are ``undated``."""
    if not day:
        return ""
    words = pgettext("in a quotation", ". As of %(day)s") % {"day": numbered(day)}
    if undated == "all":
        words += pgettext("in a quotation", ", dates not given")
    elif undated:
        words += pgettext("in a quotation", ", dates in part not given")
    return words


def numbered(day):
    # Translators: a pattern of Django's filter "date", for the days of a quotation.
    return day_in_words(day, pgettext("in a quotation", "j F Y"))


def line(title, kind, address, of_day):
    """Return the line, the title marked where it is of another language."""
    words = conditional_escape(getattr(title, "plain", title))
    if isinstance(title, Text) and title.language != get_language():
        words = format_html('<span lang="{}">{}</span>', title.language, words)
    if kind:
        words = format_html("{}: {}", kind, words)
    publisher = imprint().name
    if publisher:
        publisher = pgettext("in a quotation", ". %(publisher)s") % {"publisher": publisher.plain}
    form = pgettext(
        "in a quotation",
        "{title}{of_day}. In: {site} [online]{publisher} [viewed {read_on}]. Available from: {address}",
    )
    return format_html(
        form,
        title=words,
        of_day=of_day,
        site=settings.ASSEMBLY_SHORT_NAME,
        publisher=publisher,
        read_on=numbered(today()),
        address=format_html('<a href="{}">{}</a>', address, address),
    )
