"""The desks of the one window 一窗受理: root fields by name, from one module for each desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from subgraphs.services import licence_fields, licensing_fields

SUBGRAPH = "services"
RESOLVERS: Mapping[str, Any] = {**licensing_fields.RESOLVERS, **licence_fields.RESOLVERS}
