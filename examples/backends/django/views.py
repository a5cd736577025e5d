"""The views of a backend behind sessiongate."""

import json
import logging
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse

from identity import Identity
from middleware import session_required

audit_log = logging.getLogger("audit")


def whoami(request: HttpRequest) -> JsonResponse:
    """Optional: signed in or not."""
    return JsonResponse(asdict(request.identity))


@session_required()
def hello(request: HttpRequest) -> JsonResponse:
    return JsonResponse(asdict(request.identity))


@session_required("org:teams:read")
def teams(request: HttpRequest) -> JsonResponse:
    audit("teams.read", request.identity)
    return JsonResponse(asdict(request.identity))


def audit(action: str, user: Identity) -> None:
    """A line of JSON for each event: a caller's values cannot begin another line."""
    event = {"action": action, "provider": user.provider, "user": user.user_id, "session": user.session_id}
    audit_log.info(json.dumps(event | {"organisation": user.org_id, "actor": user.actor}))
