"""The console's packages with those for development: types, linter, axe."""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from runtime.files import exclusive
from runtime.node import NODE, NPM
from runtime.settings import load_settings

WEB = Path(__file__).parents[1] / "console" / "web"


def console_tools() -> Path:
    """A folder with node_modules by the lock file, filled once."""
    lock = WEB / "package-lock.json"
    cache = load_settings().cache.absolute()
    target = cache / f"console-tools-{sha256(lock.read_bytes()).hexdigest()[:16]}"
    cache.mkdir(parents=True, exist_ok=True)
    with exclusive(target.with_suffix(".lock")):
        if not (target / "done").is_file():
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(WEB / name, target / name)
            options = ["--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run([str(NODE), str(NPM), "ci", *options], cwd=target, check=True)
            (target / "done").touch()
    return target
