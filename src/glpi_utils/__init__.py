"""Python clients for GLPI: its High-Level API (OAuth2) and its legacy API, synchronous and asynchronous.

>>> from glpi_utils import GlpiOAuthClient
>>> with GlpiOAuthClient() as api:
...     tickets = api.ticket.get_all_pages()

(For pytest, whose plugin is part of this package: PYTEST_DONT_REWRITE.)
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False  # checkers take it for typing's; importing typing would cost more than all the rest here
if TYPE_CHECKING:
    from ._engine.request.report import RequestInfo, ResponseInfo
    from ._engine.request.retry import Retry
    from ._files import File
    from ._html import Html
    from ._plain_text import html_to_text
    from ._wire import ItemList
    from .aio import AsyncGlpiAPI
    from .api import GlpiAPI
    from .enums import (
        ChangeStatus,
        Impact,
        Priority,
        ProblemStatus,
        TaskState,
        TeamRole,
        TicketStatus,
        TicketType,
        Urgency,
        ValidationStatus,
    )
    from .exceptions import (
        ErrorRequest,
        ErrorResponse,
        GlpiAmbiguousNameError,
        GlpiAPIError,
        GlpiAuthError,
        GlpiChecksumError,
        GlpiConnectionError,
        GlpiDeprecationWarning,
        GlpiError,
        GlpiIncompleteError,
        GlpiMaintenanceError,
        GlpiNotAppliedError,
        GlpiNotAppliedWarning,
        GlpiNotFoundError,
        GlpiPartialError,
        GlpiPermissionError,
        GlpiRateLimitError,
        GlpiTimeoutError,
        GlpiUnknownOutcomeError,
        GlpiUnsupportedError,
        GlpiValidationError,
        GlpiWarning,
    )
    from .filters import F, Filter
    from .logger import EmptyHandler, SensitiveFilter
    from .oauth import AsyncGlpiOAuthClient, GlpiOAuthClient
    from .version import GLPIVersion

__all__ = [
    "AsyncGlpiAPI",
    "AsyncGlpiOAuthClient",
    "ChangeStatus",
    "EmptyHandler",
    "ErrorRequest",
    "ErrorResponse",
    "F",
    "File",
    "Filter",
    "GLPIVersion",
    "GlpiAPI",
    "GlpiAPIError",
    "GlpiAmbiguousNameError",
    "GlpiAuthError",
    "GlpiChecksumError",
    "GlpiConnectionError",
    "GlpiDeprecationWarning",
    "GlpiError",
    "GlpiIncompleteError",
    "GlpiMaintenanceError",
    "GlpiNotAppliedError",
    "GlpiNotAppliedWarning",
    "GlpiNotFoundError",
    "GlpiOAuthClient",
    "GlpiPartialError",
    "GlpiPermissionError",
    "GlpiRateLimitError",
    "GlpiTimeoutError",
    "GlpiUnknownOutcomeError",
    "GlpiUnsupportedError",
    "GlpiValidationError",
    "GlpiWarning",
    "Html",
    "Impact",
    "ItemList",
    "Priority",
    "ProblemStatus",
    "RequestInfo",
    "ResponseInfo",
    "Retry",
    "SensitiveFilter",
    "TaskState",
    "TeamRole",
    "TicketStatus",
    "TicketType",
    "Urgency",
    "ValidationStatus",
    "__version__",
    "html_to_text",
]

_HOMES = {
    "AsyncGlpiAPI": "aio",
    "AsyncGlpiOAuthClient": "oauth",
    "ChangeStatus": "enums",
    "EmptyHandler": "logger",
    "F": "filters",
    "File": "_files",
    "Filter": "filters",
    "GLPIVersion": "version",
    "GlpiAPI": "api",
    "GlpiOAuthClient": "oauth",
    "Html": "_html",
    "Impact": "enums",
    "ItemList": "_wire",
    "Priority": "enums",
    "ProblemStatus": "enums",
    "RequestInfo": "_engine.request.report",
    "ResponseInfo": "_engine.request.report",
    "Retry": "_engine.request.retry",
    "SensitiveFilter": "logger",
    "TaskState": "enums",
    "TeamRole": "enums",
    "TicketStatus": "enums",
    "TicketType": "enums",
    "Urgency": "enums",
    "ValidationStatus": "enums",
    "html_to_text": "_plain_text",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for (PEP 562): importing the package costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f".{_HOMES.get(name, 'exceptions')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
