"""A backend behind sessiongate."""

import json
import logging
from typing import Annotated

from fastapi import Depends, FastAPI

from dependencies import Caller, User, permission
from identity import Identity

app = FastAPI()

audit_log = logging.getLogger("audit")
audit_log.setLevel(logging.INFO)
audit_log.addHandler(logging.StreamHandler())


@app.get("/whoami")
def whoami(caller: Caller) -> Identity:
    return caller


@app.get("/hello")
def hello(user: User) -> Identity:
    return user


@app.get("/teams")
def teams(user: Annotated[Identity, Depends(permission("org:teams:read"))]) -> Identity:
    audit("teams.read", user)
    return user


def audit(action: str, user: Identity) -> None:
    """A line of JSON for each event: a caller's values cannot begin another line."""
    event = {"action": action, "provider": user.provider, "user": user.user_id, "session": user.session_id}
    audit_log.info(json.dumps(event | {"organisation": user.org_id, "actor": user.actor}))
