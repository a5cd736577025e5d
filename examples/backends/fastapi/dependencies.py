"""The caller as a dependency of routes."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from identity import Identity


def _optional(request: Request) -> Identity:
    return Identity.of(request.headers)


# Signed in or not.
Caller = Annotated[Identity, Depends(_optional)]


def _required(caller: Caller) -> Identity:
    if not caller.signed_in:
        raise HTTPException(401, "no session", headers={"WWW-Authenticate": "Bearer"})
    return caller


# Signed in; else 401.
User = Annotated[Identity, Depends(_required)]


def permission(name: str) -> Callable[[Identity], Identity]:
    """A dependency on a session with a permission; else 403."""

    def check(user: User) -> Identity:
        if name not in user.permissions:
            raise HTTPException(403, f"permission {name} is missing")
        return user

    return check
