"""The first page, where the news, the delegations and the officers of the Assembly meet."""

from django.views.generic import TemplateView

from cstopa.models.periods import held_and_possible
from delegations import structured_data
from delegations.ahead import events_ahead_of, grouped
from delegations.as_of_views import AsOfDayMixin
from delegations.common_evidence import CommonEvidence
from delegations.composition import by_participation, compositions_on, gaps, officers
from news.models import Article
from news.teasers import cards

NEWS = 5
# It stands beside the news, in a narrow column.
AHEAD = 3


def news():
    """Return the keys of the latest articles; one that was chosen leads them."""
    leading = Article.objects.leading()
    latest = Article.objects.published().values_list("pk", flat=True)[:NEWS]
    return [*dict.fromkeys([leading, *latest] if leading else latest)][:NEWS]


class Home(AsOfDayMixin, TemplateView):
    template_name = "home.html"

    def get_context_data(self, **context):
        on_record = compositions_on(self.day)
        in_office, may_be = held_and_possible(officers(self.day), self.day)
        facts = [fact for each in on_record for fact in each.facts]
        return super().get_context_data(
            articles=cards(news()),
            compositions=on_record,
            groups=by_participation(on_record),
            common=CommonEvidence.of(facts),
            gaps=[*gaps(on_record)],
            officers_common=CommonEvidence.of(in_office),
            officers=in_office,
            ahead=grouped(events_ahead_of(self.day))[:AHEAD],
            possible_officers=may_be,
            of_day=[
                *(*facts, *in_office, *may_be),
                *(fact for each in on_record for fact in each.may_hold),
            ],
            described=structured_data.site(in_office),
            **context,
        )
