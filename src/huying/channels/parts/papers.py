"""A file of a material, for whose it is and for the department whose item needs it; for nobody else it is there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huying.channels.parts import access
from huying.features.services import papers
from huying.features.services.queries import upload_for


@never_cache
@require_safe
def paper(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The file itself."""
    row = upload_for(access.actor_of(request), upload_id)
    body = papers.body_of(row) if row else None
    if row is None or body is None:
        raise Http404
    answer = HttpResponse(body, content_type=row.media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{row.sha256[:12]}.{row.media_type.partition("/")[2]}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
