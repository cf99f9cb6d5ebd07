"""An itemtype that is named by a text has the same verbs; one that only the run knows has all."""

from glpi_utils import GlpiOAuthClient


def main(api: GlpiOAuthClient, itemtype: str) -> int | None:
    rights = api.item("User").authorizations("tech")
    return rights.total or api.item(itemtype).team(1).total
