"""Shapes have names."""

from typing import TYPE_CHECKING

from glpi_utils import GlpiOAuthClient

if TYPE_CHECKING:
    from glpi_utils.types.highlevel import Ticket, TicketWrite


def named_shape(api: GlpiOAuthClient, seen: "Ticket") -> None:
    again: TicketWrite = {"name": seen["name"] or "", "content": seen["content"], "is_deleted": False}
    api.ticket.create(again)
