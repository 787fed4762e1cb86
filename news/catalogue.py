"""What an editor may pick to be referred to in a text: see ``catalogue``."""

from django.utils import translation
from django.utils.translation import gettext as _

from cstopa.languages import LANGUAGES
from cstopa.library.documents.references import as_catalogue
from delegations.composition import Chronicle
from news.references import KINDS, Reference, tag


def catalogue(days, concerned=(), article=None):
    """Return what an editor may pick: ``(title, [(tag, label, values, shown)])`` of each row.

    ``values`` are those of the days, in words; ``shown`` is ``{language: value}`` of the last day,
    that of the article, and a value says where it is read so on that day alone. A chamber is there
    that is in force on one of them. The delegations that the article is about, ``concerned``, come
    first, the documents last, of which the ``article`` has some.
    """
    chronicle = Chronicle()

    def value(reference, day):
        return reference.value(day, chronicle) or _("not recorded")

    def shown(reference):
        for language in LANGUAGES:
            with translation.override(language):
                yield language, str(value(reference, days[-1]))

    def listed(reference, day):
        if day != days[-1] or day < days[0]:
            return value(reference, day)
        first, later = reference.readings(day, chronicle)
        if str(first) == str(later):
            return first
        return _("%(value)s, on this day alone") % {"value": first}

    def rows(of, code=""):
        for name, kind in KINDS.items():
            if kind.of == of:
                reference = Reference(name, code)
                values = [listed(reference, day) for day in days]
                yield tag(name, code), kind.label, values, dict(shown(reference))

    found = [(_("All delegations"), [*rows("")])]
    for delegation in sorted(chronicle.delegations.values(), key=lambda row: row not in concerned):
        # A parliament's only chamber may have its name.
        title = _("%(name)s (delegation)") % {"name": delegation}
        found.append((title, [*rows("delegation", delegation.code)]))
        found += [
            (_("%(name)s (chamber)") % {"name": chamber}, [*rows("chamber", chamber.code)])
            for chamber in chronicle.chambers.values()
            if chamber.parliament == delegation and any(chamber.covers(day) for day in days)
        ]
    return [*found, *as_catalogue(article, len(days))]
