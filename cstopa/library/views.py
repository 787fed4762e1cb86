from django.http import Http404
from django.views.decorators.http import require_safe

from cstopa.library import files
from cstopa.library.models import Picture, Renditions, name_of
from cstopa.library.showing import may_see


@require_safe
def rendition(request, token, name):
    """Answer with a rendition of a picture that something public shows, or a preview."""
    renditions = Renditions.objects.filter(token=token).first()
    if renditions is None or name not in map(name_of, renditions.drawn):
        raise Http404
    # What another picture has replaced is nobody's.
    picture = Picture.objects.filter(pk=renditions.picture_id, file=renditions.of_file)
    is_public = picture.public().exists()
    if not (is_public or (may_see(token, request.GET.get("seen", "")) and picture.exists())):
        raise Http404
    response = files.answer(renditions.path(name))
    if is_public:
        # Feeds and open data show it elsewhere.
        response.headers["Access-Control-Allow-Origin"] = "*"
    # What is drawn anew has another address.
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if is_public else "private, no-store"
    )
    return response
