"""Files of the shared test data; a test without them is skipped, and fails in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.brp_oracle import shared_data


def shared_file(relative: str) -> Path:
    """A file of the test data."""
    path = shared_data() / relative
    if path.exists():
        return path
    reason = f"no {relative} in {shared_data()}: set CITIZENGRAPH_SHARED_DATA"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
