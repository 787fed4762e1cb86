"""The picture of the seats for pages of others, and what oEmbed says of it."""

from urllib.parse import parse_qs, urlsplit

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.generic import DetailView

from cstopa.forms import AsOfForm, DayField
from cstopa.http.addresses import PermanentAddressMixin, absolute, former_versions
from cstopa.middleware import language_of_path
from cstopa.models.periods import today
from cstopa.opendata.forms import refusal
from cstopa.opendata.responses import as_json, bad_request, problem
from delegations.composition import compositions_on
from delegations.models import Delegation
from delegations.seat_picture import SeatPicture, Size, framed


class PictureForm(AsOfForm):
    date = DayField()
    size = forms.ChoiceField(choices=Size, required=False)


class SeatsPicture(PermanentAddressMixin, DetailView):
    model = Delegation

    def render_to_response(self, context):
        form = PictureForm(self.request.GET)
        if refused := refusal(form):
            return refused
        size = Size(form.cleaned_data["size"] or Size.MEDIUM)
        of_day = compositions_on(form.day)
        composition = next(each for each in of_day if each.delegation.pk == self.object.pk)
        picture = SeatPicture(composition, size)
        asked = {"picture": picture, "chart": picture.chart}
        return render(self.request, "delegations/seats.svg", asked, "image/svg+xml; charset=utf-8")


class OEmbedForm(forms.Form):
    """What the specification knows; consumers ask for more, of which nothing is said."""

    url = forms.CharField(max_length=2000)
    maxwidth = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    maxheight = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    format = forms.CharField(required=False)


def oembed(request):
    """Describe the picture of the delegation that has a page at ``url`` (oembed.com, version 1.0)."""
    form = OEmbedForm(request.GET)
    if form.errors:
        return bad_request([(name, each) for name, some in form.errors.items() for each in some])
    asked = form.cleaned_data
    if asked["format"] not in {"", "json"}:
        return problem(501, "Not Implemented", "The answer is JSON alone.")
    try:
        page = urlsplit(asked["url"])
    except ValueError as error:
        raise Http404 from error
    with translation.override(language_of_path(page.path)):
        delegation, day = delegation_at(page), day_of(page)
        largest = min(asked["maxwidth"] or Size.MEDIUM.pixels, asked["maxheight"] or 100_000)
        fitting = [size for size in Size if size.pixels <= largest]
        size = fitting[-1] if fitting else Size.SMALL
        pixels = min(size.pixels, largest)
        return as_json(
            {
                "version": "1.0",
                "type": "rich",
                "title": delegation.name_on(day or today()).plain,
                "provider_name": str(settings.ASSEMBLY_NAME),
                "provider_url": absolute(reverse("home")),
                "width": pixels,
                "height": pixels,
                "html": framed(delegation, day, size, pixels),
            }
        )


def delegation_at(page):
    """Return the delegation whose page is at a parsed address of this site, now or formerly."""
    try:
        match = resolve(page.path)
    except (Resolver404, ValueError) as error:
        raise Http404 from error
    if f"{page.scheme}://{page.netloc}" != settings.SITE_URL:
        raise Http404
    if match.view_name != "delegations:detail":
        raise Http404
    slug, rows = match.kwargs["slug"], Delegation.objects.with_names()
    if row := rows.filter(slug=slug).first():
        return row
    last = former_versions(Delegation, slug).first()
    if last and (row := rows.filter(pk=last.id).first()):
        return row
    raise Http404


def day_of(page):
    """Return the day for which the address of a page asks; None where it asks for none that is."""
    form = PictureForm({"date": parse_qs(page.query).get("date", [""])[0]})
    return form.asked
