"""A verb of some types alone: documents are downloaded."""

from glpi_utils import GlpiOAuthClient


def main(api: GlpiOAuthClient) -> int:
    return len(api.document.download(12))
