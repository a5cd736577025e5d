"""The caller of each request, and views that need one."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse

from identity import Identity

View = Callable[..., HttpResponse]


def identity_middleware(get_response: View) -> View:
    """Gives every request its caller: request.identity."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.identity = Identity.of(request.headers)
        return get_response(request)

    return middleware


def session_required(*permissions: str) -> Callable[[View], View]:
    """Answers 401 without a session, and 403 without the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.identity.signed_in:
                return JsonResponse({"error": "no session"}, status=401, headers={"WWW-Authenticate": "Bearer"})
            if missing := set(permissions) - set(request.identity.permissions):
                return JsonResponse({"error": f"missing: {', '.join(sorted(missing))}"}, status=403)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
