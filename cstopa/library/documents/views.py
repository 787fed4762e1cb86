from django.http import Http404
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag, urlencode
from django.views.decorators.http import require_safe

from cstopa.library import files
from cstopa.library.documents.models import Document
from cstopa.library.documents.showing import may_see

# It is shown by no page, and whatever program shows it is let do nothing.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def answer(request, document):
    """Answer with the file of a document, or a part of it, to be kept under its name, or 304 to who has it."""
    etag = quote_etag(document.file.name.rpartition("/")[2].partition(".")[0])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = files.answer_in_parts(request, document.file.name, etag)
        response.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=document.file_name
        )
    response.headers["ETag"] = etag
    # It may be empty: in several languages, or in another.
    response.headers["Content-Language"] = document.language
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def document(request, token, name):
    """Answer with a document that something public shows, or a preview."""
    row = Document.objects.filter(token=token).first()
    if row is None:
        raise Http404
    is_public, seen = row.is_public, request.GET.get("seen", "")
    if not (is_public or may_see(token, seen)):
        raise Http404
    if name != row.file_name:
        # One of another kind was here before.
        address = row.get_absolute_url()
        return redirect(address if is_public else f"{address}?{urlencode({'seen': seen})}")
    response = answer(request, row)
    if is_public:
        # It may be replaced, and withdrawn, at the same address.
        response.headers["Cache-Control"] = "no-cache"
    return response
