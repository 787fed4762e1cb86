"""A file that a form sends is looked into before the transaction of its save, which keeps all others from writing."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from cstopa.library.apart import LARGEST

# Of the form of a picture or a document.
NAME = "uploaded_file"


def found_in(file, look):
    """Return what ``look`` finds in the bytes of an uploaded file; ValidationError where it refuses them.

    It looks once, however often the form is read: a save that collided with another is tried again.
    """
    if not hasattr(file, "found"):
        try:
            # So many are refused, whatever comes behind.
            file.found = look(file.read(LARGEST + 1)), None
        except ValidationError as error:
            file.found = None, error
    found, error = file.found
    if error:
        raise error
    return found


def look_into(request, look):
    """Look into the file of a form that was sent; the form tells what was found."""
    if file := request.FILES.get(NAME):
        with suppress(ValidationError):
            found_in(file, look)
