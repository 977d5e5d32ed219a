"""The console as a part: its page is built before it starts, unless the distribution carries it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from runtime.errors import CitizengraphError
from runtime.files import exclusive
from runtime.node import NODE, ensure_copy, ensure_packages, move_into_place
from runtime.parts import Part
from runtime.process import Report, guarded
from runtime.ready import http_ready
from runtime.settings import Settings, load_settings


def console_part(settings: Settings, environment: Mapping[str, str]) -> Part:
    """The server behind http://127.0.0.1:<port>/."""
    port = settings.console_port
    url = f"http://127.0.0.1:{port}"
    return Part(
        "console",
        partial(http_ready, f"{url}/health"),
        command=partial(_command, settings),
        environment=dict(environment),
        port=port,
        url=url,
        depends_on=("valkey", "issuer", "gateway"),
        prepare=lambda report: _prepare(settings, report),
    )


def ensure_built(cache: Path, report: Report) -> Path:
    """The folder with the built page: that of the distribution, or one built once per source."""
    package = _package()
    if (package / "built" / "index.html").is_file():
        return package / "built"
    source = package / "web"
    packages = ensure_packages("console", cache.absolute(), source, report)
    copy = ensure_copy(packages, "web", source)
    target = copy.with_name(copy.name.replace("web-", "built-"))
    if not target.is_dir():
        with exclusive(target.with_suffix(".lock")):
            if not target.is_dir():
                report("building the console's page")
                _build(packages, copy, target)
    return target


def _build(packages: Path, source: Path, target: Path) -> None:
    made = Path(mkdtemp(prefix=".built-", dir=packages))
    vite = packages / "node_modules" / "vite" / "bin" / "vite.js"
    options = ("--outDir", str(made), "--emptyOutDir", "--logLevel", "warn")
    command = guarded([str(NODE), str(vite), "build", *options])
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(made)
        words = f"The console's page could not be built: {(done.stderr or done.stdout)[-1500:]}"
        raise CitizengraphError("PART_FAILED", words.strip(), "Correct what it says, start again.")
    move_into_place(made, target)


def _command(settings: Settings) -> list[str]:
    built = ensure_built(settings.cache, lambda _: None)
    port = str(settings.console_port)
    return [sys.executable, "-m", "console", "--port", port, "--built", str(built)]


def _prepare(settings: Settings, report: Report) -> None:
    ensure_built(settings.cache, report)


def main() -> None:
    """`python -m runtime.console FOLDER`: the built page, for a distribution that carries it."""
    shutil.copytree(ensure_built(load_settings().cache, print), Path(sys.argv[1]))


def _package() -> Path:
    spec = find_spec("console")
    if spec is None or not spec.submodule_search_locations:
        hint = "Install the whole distribution."
        raise CitizengraphError("PART_FAILED", "The console package is not installed.", hint)
    return Path(next(iter(spec.submodule_search_locations)))


if __name__ == "__main__":
    main()
