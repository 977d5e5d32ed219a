"""How the Python contenders are served: one process, uvicorn on uvloop and httptools."""

from __future__ import annotations

import argparse
from typing import Any

import uvicorn


def serve(app: Any) -> None:
    """Serve on 127.0.0.1 until told to stop; the port is the one argument."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=parser.parse_args().port,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
    )
