"""A test needs no proxy and no token: it writes the headers itself."""

import unittest

from fastapi.testclient import TestClient

from main import app

SIGNED_IN = {"x-identity-status": "signed-in", "x-identity-user-id": "user_1"}
READER = SIGNED_IN | {"x-identity-org-permissions": "org:teams:manage,org:teams:read"}


class Routes(unittest.TestCase):
    def test_status(self) -> None:
        client = TestClient(app)
        for path, headers, status in [
            ("/whoami", {}, 200),
            ("/hello", {}, 401),
            ("/hello", SIGNED_IN, 200),
            ("/teams", SIGNED_IN, 403),
            ("/teams", READER, 200),
        ]:
            with self.subTest(path=path, headers=headers):
                self.assertEqual(client.get(path, headers=headers).status_code, status)
