"""What public articles say by their references, before a plan of facts and after it."""

from bisect import bisect
from functools import reduce
from itertools import product, zip_longest
from operator import or_

from django.db.models import Q
from django.utils import translation
from django.utils.translation import get_language

from cstopa.languages import LANGUAGES
from cstopa.models.periods import EARLIEST, start_of
from delegations.composition import Chronicle
from delegations.readings import Text, register
from news.models import Article
from news.references import (
    CLOSING,
    KINDS,
    NOT_RECORDED,
    REFERENCE,
    Reference,
    in_words,
    tag,
)

# No index has what a text refers to: so many of the newest are read, of those days that differ.
LOOKED_THROUGH = 1_000


@register
class References:
    """What the references to some parliaments say, through time, as it is on record now."""

    def __init__(self, parliaments):
        self.chronicle = Chronicle()
        self.codes = {each.code for each in parliaments}
        keys = {each.pk for each in parliaments}
        self.chambers = {
            code for code, row in self.chronicle.chambers.items() if row.parliament_id in keys
        }
        # Read at once: later the record is another.
        self.times = {code: dict(self._times(code)) for code in sorted(self.codes)}

    def _times(self, code):
        """Yield ``(first day, what is said from then on)``."""
        home = self.chronicle.delegations[code]
        chambers = [each for each in sorted(self.chambers) if self._is_of(each, home)]
        own = [("delegation", code), *(("chamber", each) for each in chambers)]
        references = [
            Reference(name, each)
            for (of, each), (name, kind) in product(own, KINDS.items())
            if kind.of == of
        ]
        for first, _last, composition in self.chronicle.periods(home):
            day = first or EARLIEST
            said = {each: self.words(each, day) for each in references}
            # On which the total depends.
            yield day, (composition.seats, composition.status, said)

    def _is_of(self, chamber, home):
        return self.chronicle.chambers[chamber].parliament_id == home.pk

    def words(self, reference, day):
        """Return what a reference says on a day, in each language."""
        words = []
        for language in LANGUAGES:
            with translation.override(language):
                words.append(str(reference.value(day, self.chronicle) or NOT_RECORDED))
        return tuple(words)

    def said(self, reference, day):
        """Return the words of a reference on a day, of what was read already, but for the total."""
        for times in self.times.values():
            firsts = [*times]
            said = times[firsts[bisect(firsts, day) - 1]][-1]
            if reference in said:
                return said[reference]
        return self.words(reference, day)

    def differing(self, after):
        """Return the Texts that say something else ``after``, when these References were read anew."""
        times = [
            time for code in self.times for time in _turns(self.times[code], after.times[code])
        ]
        found = []
        for article in self._referring(times) if times else ():
            turns = self._turns_of(article, after)
            if turns:
                found.append(Text(article.get_absolute_url(), _title(article, after), turns))
        return found

    def _turns_of(self, article, after):
        said = dict.fromkeys(REFERENCE.findall(" ".join(_texts(article))))
        own = [each for words in said if self._is_own(each := Reference.read(words))]
        sides = [
            [words for each in own for words in read.said(each, article.day)]
            for read in (self, after)
        ]
        pairs = dict.fromkeys(zip(*sides, strict=True))
        return [(was, now) for was, now in pairs if was != now]

    def _is_own(self, reference):
        codes = self.codes | self.chambers
        return bool(reference.kind) and (not reference.code or reference.code in codes)

    def _referring(self, times):
        """Return the newest public articles of some times in which such a reference stands."""
        rows = Article.objects.published().filter(reduce(or_, times))
        rows = rows.order_by("-published_at", "-pk")
        newest = rows.values_list("published_at", flat=True)
        for oldest in newest[LOOKED_THROUGH - 1 : LOOKED_THROUGH]:
            rows = rows.filter(published_at__gte=oldest)
        codes = sorted(self.codes | self.chambers)
        tags = [tag(name) for name, kind in KINDS.items() if not kind.of]
        tags += [f":{code}{CLOSING}" for code in codes]
        places = product(Article.text_fields(), tags)
        having = reduce(or_, (Q((f"{name}__contains", each)) for name, each in places))
        return rows.filter(having).only(*Article.text_fields(), "slug", "published_at")


def _turns(before, after):
    """Yield the conditions of the times in which ``{first day: what is said}`` differ."""
    firsts, was, now = sorted({*before, *after}), None, None
    for first, following in zip_longest(firsts, firsts[1:]):
        was, now = before.get(first, was), after.get(first, now)
        if was != now:
            since = Q(published_at__gte=start_of(first))
            yield since & Q(published_at__lt=start_of(following)) if following else since


def _texts(article):
    return (getattr(article, name) for name in Article.text_fields())


def _title(article, read):
    return in_words(str(article.headline), get_language(), lambda: article.day, read.chronicle)
