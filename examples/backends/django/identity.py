"""Who is calling, from the headers that sessiongate writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True)
class Identity:
    """The caller. A field that the session lacks is None."""

    signed_in: bool = False
    reason: str | None = None  # why not signed in
    provider: str | None = None
    user_id: str | None = None
    session_id: str | None = None
    org_id: str | None = None
    org_role: str | None = None
    org_slug: str | None = None
    permissions: tuple[str, ...] = ()
    actor: str | None = None  # who acts as the user
    name: str | None = None
    email: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Identity":
        """Reads the headers. A missing header is not an error."""

        def text(name: str) -> str | None:
            return unquote(headers.get(f"x-identity-{name}", "")) or None

        listed = headers.get("x-identity-org-permissions", "")  # each element is encoded by itself
        return cls(
            text("status") == "signed-in", text("reason"),
            text("provider"), text("user-id"), text("session-id"),
            text("org-id"), text("org-role"), text("org-slug"),
            tuple(unquote(element) for element in listed.split(",") if element),
            text("actor"), text("name"), text("email"),
        )  # fmt: skip
