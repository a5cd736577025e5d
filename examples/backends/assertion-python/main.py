"""A backend that believes the proxy's signed assertion, and nothing else."""

import json
import os
from wsgiref.simple_server import make_server

import jwt

# The proxy's keys: fetched when they are needed, and anew for an unknown one.
keys = jwt.PyJWKClient(os.environ["KEYS_URL"])


def user_of(assertion):
    """The user of a verified assertion. Signature, issuer, audience and expiry are checked."""
    claims = jwt.decode(
        assertion,
        keys.get_signing_key_from_jwt(assertion),
        algorithms=["ES256"],
        issuer="https://gate.example.com",
        audience="backend",
        options={"require": ["exp", "sub"]},
    )
    return claims["sub"]


def app(environ, start_response):
    if environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
        start_response("204 No Content", [])  # a preflight has no session
        return []
    try:
        user = user_of(environ.get("HTTP_X_SESSIONGATE_ASSERTION", ""))
    except jwt.PyJWTError:
        start_response("401 Unauthorized", [("Content-Type", "text/plain")])
        return [b"no assertion"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"user": user}).encode()]


if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ.get("PORT", 8080)), app).serve_forever()
