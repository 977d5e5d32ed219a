"""The application of a process: the only one, or one of several workers on one port."""

from __future__ import annotations

import os

from starlette.applications import Starlette

from graph.catalogue import SUBGRAPHS
from runtime.guard import end_with
from runtime.settings import load_settings
from subgraphs.app import application

ALONE = "CITIZENGRAPH_SUBGRAPH_ALONE"
"""Names the subgraph that the workers serve alone; set by their parent."""


def worker() -> Starlette:
    """The same in a worker, which ends when its parent does."""
    end_with(os.getppid())
    return served()


def served() -> Starlette:
    """All subgraphs, or the one that the parent names."""
    alone = os.environ.get(ALONE)
    return application(load_settings(), [alone] if alone else SUBGRAPHS, warmed=True)
