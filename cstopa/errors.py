"""Errors in the site's own layout, on a development site too."""

from django.conf import settings
from django.http import Http404, HttpResponseNotFound
from django.views.defaults import page_not_found


def own_page_not_found(get_response):
    """Show the page that the public would see, where Django would list its patterns."""

    def middleware(request):
        response = get_response(request)
        if settings.DEBUG and type(response) is HttpResponseNotFound:
            return page_not_found(request, Http404())
        return response

    return middleware
