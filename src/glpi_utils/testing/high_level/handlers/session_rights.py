"""The rights of a profile, as `/session` shows them since API 2.2."""

from __future__ import annotations

from glpi_utils.testing.world import rights_bits
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.world import World

# Columns of the profile that the server prints among its rights, as 0.
_NO_RIGHTS = (
    "id name interface is_default helpdesk_hardware helpdesk_item_type use_mentions ticket_status "
    "date_mod comment problem_status create_ticket_on_login tickettemplates_id changetemplates_id "
    "problemtemplates_id change_status managed_domainrecordtypes date_creation 2fa_enforced "
    "last_rights_update global_validation "
).split()


def of(world: World, who: Who) -> dict[str, int]:
    """The rights of whoever asks."""
    return {**dict.fromkeys(_NO_RIGHTS, 0), **rights_bits.of(world, who), "entities": 0}
