"""The active profile and entities, the configuration, and what self-service may not."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

POST_ONLY = Cue(session="post-only")

SCENE = Scene(
    prepare=seed,
    cues={
        "getActiveProfile": Cue(free=("body.active_profile.*",)),
        "getFullSession": Cue(free=("body.session.*",)),
        "getGlpiConfig": Cue(free=("body.cfg_glpi.*",)),
        "getGlpiConfig as post-only": Cue(session="post-only", free=("body.cfg_glpi.*",)),
        "getMyProfiles post-only": POST_ONLY,
        "right missing list (post-only on Computer)": POST_ONLY,
        "right missing item (post-only on Computer)": POST_ONLY,
        "right missing search": POST_ONLY,
        "right missing add": POST_ONLY,
        "right missing bulk add": POST_ONLY,
        "right missing update": POST_ONLY,
        "right missing delete": POST_ONLY,
    },
)
