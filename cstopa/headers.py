"""What every answer tells a browser, beyond what Django's own middleware says."""

from cstopa.languages import at_desk

# What this site never asks of a reader's machine, nor lets anybody ask in its name. A browser
# complains of a name that it does not know, so newer ones are left out.
DENIED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in DENIED)


def of_every_answer(get_response):
    """Middleware: no permission is asked for, and other sites embed only what they may read."""

    def middleware(request):
        response = get_response(request)
        is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if is_open else "same-origin"
        )
        return response

    return middleware


def without_cookies(get_response):
    """Middleware: outside the desk no cookie is read.

    Django answers a broken one with another, and what is the same for everybody sets none.
    """

    def middleware(request):
        if not at_desk(request):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware
