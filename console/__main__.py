"""`python -m console --port N`: serve the console on loopback."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import uvicorn

from console.app import create_app
from gateway.clients import is_development
from runtime.errors import CitizengraphError
from runtime.settings import load_settings


def main() -> int:
    """Serve until told to stop. Exit code 2 for settings that do not load."""
    parser = argparse.ArgumentParser(prog="console", description=__doc__)
    parser.add_argument("--port", type=int, help="port on 127.0.0.1")
    parser.add_argument("--built", type=Path, required=True, help="folder with the built page")
    given = parser.parse_args()
    try:
        settings = load_settings()
        app = create_app(settings, given.built, is_development(settings))
    except CitizengraphError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    port = given.port or settings.console_port
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
