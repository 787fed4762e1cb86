"""The emblem where a browser or a telephone shows the site among others."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

SIZES = (192, 512)


@require_safe
def favicon(request):
    """The address that is asked for without a link, as by readers of feeds."""
    return redirect(static("images/icon-32.png"))


@require_safe
def manifest(request):
    """The name and the pictures of the site on a telephone, in the language of the address."""
    pictures = [
        {
            "src": static(f"images/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        for size in SIZES
    ]
    vector = {"src": static("images/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": str(settings.ASSEMBLY_NAME),
            "short_name": str(settings.ASSEMBLY_SHORT_NAME),
            "lang": get_language(),
            "dir": "ltr",
            "id": reverse("home"),
            "start_url": reverse("home"),
            "scope": reverse("home"),
            "display": "browser",
            "icons": [vector, *pictures],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
