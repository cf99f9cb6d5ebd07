"""`python -m glpi_utils.types --url https://glpi.example.com -o mytypes.py`: write the shapes of one server's items."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from glpi_utils.types._server import server_module

EPILOG = """What the command line lacks comes from the environment, as for GlpiOAuthClient: GLPI_URL, GLPI_OAUTH_CLIENT_ID,
GLPI_OAUTH_CLIENT_SECRET, GLPI_OAUTH_USERNAME, GLPI_OAUTH_PASSWORD. The secrets are read from there alone. What the
profile of that user may not see is not in the file."""


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m glpi_utils.types",
        description="Write the shapes of a server's items, custom assets too, for type checkers and editors.",
        epilog=EPILOG,
    )
    parser.add_argument("--url", help="GLPI's address as you would paste it (11.0.6 or later)")
    parser.add_argument("--client-id", help="of the OAuth client")
    parser.add_argument("--username", help="whose profile says what is seen")
    parser.add_argument("--api-version", help="such as 2.2; default: the highest 2.x that the server lists")
    parser.add_argument("--ca", metavar="FILE", help="the CA that signed the server's certificate")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    return parser.parse_args(argv)


def fetched(options: argparse.Namespace) -> tuple[Any, str]:
    """Return the server's own document and the server's address."""
    from glpi_utils import GlpiOAuthClient

    with GlpiOAuthClient(
        options.url,
        options.client_id,
        username=options.username,
        verify_ssl=options.ca or True,
        timeout=120,  # a busy server takes seconds for it
        api_version=options.api_version,
    ) as api:
        return api.request("GET", "doc.json"), _address(repr(api))


def _address(shown: str) -> str:
    return shown.split("'")[1]


def main(argv: list[str] | None = None) -> int:
    """Write the file; 1 where the server cannot be reached, or does not describe itself."""
    from glpi_utils import GlpiError

    options = arguments(sys.argv[1:] if argv is None else argv)
    try:
        document, where = fetched(options)
        text = server_module(document, where)
    except GlpiError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (AttributeError, KeyError, TypeError):
        print("error: the server's doc.json is no OpenAPI document", file=sys.stderr)
        return 1
    if options.output is None:
        sys.stdout.write(text)
    else:
        options.output.write_text(text, encoding="utf-8", newline="\n")
        print(f"{options.output}: {text.count('(TypedDict):')} shapes of {where}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
