"""The logins of an embedded GLPI, and the environment in which a program finds them."""

from __future__ import annotations

from glpi_utils.testing.sample import service_desk


class Logins:
    """The part of a server that says how to log in to it."""

    client_id = service_desk.CLIENT_ID
    client_secret = service_desk.CLIENT_SECRET
    username = service_desk.USERNAME
    password = service_desk.PASSWORD
    app_token = service_desk.APP_TOKEN
    user_token = service_desk.USER_TOKEN
    version: str

    @property
    def url(self) -> str:
        """Where it is reached."""
        raise NotImplementedError

    @property
    def environment(self) -> dict[str, str]:
        """The variables that tell a program how to connect as the super-admin, by either API.

        ``GLPI_URL``; ``GLPI_USER``, ``GLPI_PASSWORD``, ``GLPI_APP_TOKEN`` for the legacy API; and, but for GLPI 10,
        ``GLPI_OAUTH_CLIENT_ID``, ``GLPI_OAUTH_CLIENT_SECRET``, ``GLPI_OAUTH_USERNAME``, ``GLPI_OAUTH_PASSWORD``.
        """
        names = {"GLPI_URL": self.url}
        if not self.version.startswith("10."):
            names |= {"GLPI_OAUTH_CLIENT_ID": self.client_id, "GLPI_OAUTH_CLIENT_SECRET": self.client_secret}
            names |= {"GLPI_OAUTH_USERNAME": self.username, "GLPI_OAUTH_PASSWORD": self.password}
        return names | {"GLPI_USER": self.username, "GLPI_PASSWORD": self.password, "GLPI_APP_TOKEN": self.app_token}
