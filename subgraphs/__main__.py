"""`python -m subgraphs [NAME] --port N`: all subgraphs in one process, or one alone.

`--workers N` serves them in N processes on the same port.
"""

from __future__ import annotations

import argparse
import os
import sys

import uvicorn

from graph.catalogue import SUBGRAPHS
from runtime.errors import CitizengraphError
from runtime.settings import load_settings
from subgraphs.serving import ALONE, served


def main() -> int:
    """Serve until told to stop. Exit code 2 for settings, model or policies that do not load."""
    parser = argparse.ArgumentParser(prog="subgraphs", description=__doc__)
    parser.add_argument("name", nargs="?", choices=SUBGRAPHS, help="one subgraph alone")
    parser.add_argument("--port", type=int, help="port on 127.0.0.1")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    given = parser.parse_args()
    if given.name:
        os.environ[ALONE] = given.name
    try:
        settings = load_settings()
        app = served() if given.workers == 1 else "subgraphs.serving:worker"
    except CitizengraphError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvicorn.run(
        app,
        factory=isinstance(app, str),
        workers=given.workers,
        host="127.0.0.1",
        port=given.port or settings.subgraphs_port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
