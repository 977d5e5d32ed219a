"""The desks of the one window 一窗受理: root fields by name, from one module for each desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from subgraphs.services import (
    case_fields,
    credit_fields,
    division_fields,
    licence_fields,
    licensing_fields,
    looked_fields,
    readiness_fields,
    timeline_fields,
)

SUBGRAPH = "services"
RESOLVERS: Mapping[str, Any] = {
    **case_fields.RESOLVERS,
    **credit_fields.RESOLVERS,
    **division_fields.RESOLVERS,
    **licence_fields.RESOLVERS,
    **licensing_fields.RESOLVERS,
    **looked_fields.RESOLVERS,
    **readiness_fields.RESOLVERS,
    **timeline_fields.RESOLVERS,
}
