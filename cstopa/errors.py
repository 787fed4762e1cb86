"""Errors in the site's own layout, on a development site too."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.utils.http import escape_leading_slashes
from django.views.defaults import bad_request, page_not_found


def as_the_public_sees_it(get_response):
    """Answer what the public would see, where Django would list its patterns or fail.

    Its page about a question with too many parts reads the question once more, and it refuses to
    add the missing slash to an address to which something is sent.
    """
    slashes = CommonMiddleware(get_response)

    def middleware(request):
        try:
            response = get_response(request)
        except SuspiciousOperation as exception:
            return bad_request(request, exception)
        if settings.DEBUG and type(response) is HttpResponseNotFound:
            if slashes.should_redirect_with_slash(request):
                address = request.get_full_path(force_append_slash=True)
                return HttpResponsePermanentRedirect(escape_leading_slashes(address))
            return page_not_found(request, Http404())
        return response

    return middleware
