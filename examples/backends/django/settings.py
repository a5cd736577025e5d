"""Settings of a backend that keeps no sessions of its own."""

import os

# Django wants a key; nothing here signs with it.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "signs nothing")
ALLOWED_HOSTS = ["*"]  # behind a proxy that knows its hosts
ROOT_URLCONF = "urls"
MIDDLEWARE = ["middleware.identity_middleware"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"audit": {"class": "logging.StreamHandler"}},
    "loggers": {"audit": {"handlers": ["audit"], "level": "INFO"}},
}
