"""The people of the demonstration, as `citizengraph generate` wrote them down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from runtime.settings import Settings

Character = Mapping[str, str]


def story_file(settings: Settings) -> Path:
    """Where the story of the generated city is kept."""
    return settings.home / "story.json"


def read_story(settings: Settings) -> Mapping[str, Character] | None:
    """Number, name, district (and worker code) by role in the story; None without a city."""
    path = story_file(settings)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
