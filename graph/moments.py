"""Moments on the two time axes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """When it was true (`as_of`, a date), when we believed it (`as_known`, a UTC time).

    `history` asks for every period instead of one. Nothing given means: as it is now.
    """

    as_of: str | None = None
    as_known: str | None = None
    history: bool = False

    @property
    def is_now(self) -> bool:
        """Whether the current picture answers."""
        return self == NOW


NOW = Moment()
