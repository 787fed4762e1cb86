"""How the public may ask for a page: it is read, and nothing else, whatever makes it."""

from django.views.decorators.http import require_safe


@require_safe
def read(_request):
    """Return None: the view answers. Any other method is told which there are."""


class PagesAreRead:
    """Middleware: without it Django's classes of views would answer OPTIONS, and functions not.

    What anybody's program may ask is exempt from tokens, and knows its own methods.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_page = hasattr(view, "view_class") and not getattr(view, "csrf_exempt", False)
        return read(request) if is_page else None
