"""The routes of a backend behind sessiongate."""

from django.urls import path

import views

urlpatterns = [
    path("whoami", views.whoami),
    path("hello", views.hello),
    path("teams", views.teams),
]
