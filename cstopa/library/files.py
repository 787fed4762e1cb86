"""Files of the library in the storage, and answers that are one."""

from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

from cstopa.http import ranges
from cstopa.http.errors import Unavailable

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    **{"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"},
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
# In no language: see language_middleware.
SAYS_NOTHING = {"Content-Language": ""}

_stored = ContextVar("stored", default=None)


@contextmanager
def gone_with_rows():
    """Delete the files that are stored inside where an exception ends it, which rolls back their rows."""
    token = _stored.set([])
    try:
        yield
    except BaseException:
        delete(_stored.get())
        raise
    finally:
        _stored.reset(token)


def store(path, content):
    """Store bytes, and return the path where they are; OSError where they cannot be, and nothing stays."""
    try:
        path = default_storage.save(path, ContentFile(content))
    except OSError:
        # A part of it may be there, where no room was left. Its name is nobody else's.
        with suppress(OSError):
            default_storage.delete(path)
        raise
    if _stored.get() is not None:
        _stored.get().append(path)
    return path


def delete(paths):
    for path in paths:
        default_storage.delete(path)


def answer(path):
    """Answer with a picture of the storage; Http404 where it is not there.

    Whole: it has some 100 kB, and every header is to be as of a page.
    """
    with opened(path) as file:
        return HttpResponse(file.read(), content_type=type_of(path), headers=SAYS_NOTHING)


def answer_in_parts(request, path, etag):
    """The same with a document, of 20 MB at most: of one that is large, programs ask for parts."""
    with opened(path) as file:
        return ranges.answer(request, file, etag, type_of(path))


def opened(path):
    try:
        return default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    except OSError as error:
        raise Unavailable("The files cannot be reached.") from error


def type_of(path):
    return TYPES[path.rpartition(".")[2]]


def walk(folder):
    """Yield the path of every file in a folder of the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from walk(f"{folder}/{name}")
