"""The jars of the lock, downloaded once into CACHE/neo4j-<lock hash> and checked by sha256."""

import hashlib
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import requests
from jgo.env import LockedDependency, LockFile
from jgo.maven import MavenContext

from runtime.errors import CitizengraphError
from runtime.files import exclusive, private_directory, require_free_bytes, writable
from runtime.process import Report

LOCK = Path(__file__).with_name("jgo.lock.toml")
PARALLEL_DOWNLOADS = 8
ATTEMPTS = 3
SPACE_NEEDED_BYTES = 600_000_000


def lock_hash() -> str:
    """The first 16 hex digits of the lock's sha256."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]


def artefact_directory(cache: Path) -> Path:
    """Where the jars of this lock are kept."""
    return cache.absolute() / f"neo4j-{lock_hash()}"


def ensure_jars(cache: Path, report: Report) -> list[Path]:
    """The class path in the lock's order, downloaded where it is not there yet."""
    directory = artefact_directory(cache)
    lock = LockFile.load(LOCK)
    context = MavenContext(repo_cache=directory / "jars", timeout=60)
    jars = [_jar(context, dependency) for dependency in lock.dependencies]
    if not _is_complete(directory, jars):
        private_directory(directory)
        with exclusive(directory / "download.lock"):
            if not _is_complete(directory, jars):
                _fill(directory, lock, context, report)
    return jars


def wrong_jars(cache: Path) -> list[str]:
    """What differs from the lock, in words; empty when every jar has its sha256."""
    return LockFile.load(LOCK).verify_checksums(artefact_directory(cache) / "jars")


def _is_complete(directory: Path, jars: list[Path]) -> bool:
    return (directory / "verified").is_file() and all(jar.is_file() for jar in jars)


def _fill(directory: Path, lock: LockFile, context: MavenContext, report: Report) -> None:
    require_free_bytes(directory, SPACE_NEEDED_BYTES)
    _remove_wrong(lock, context)
    _download(lock, context, report)
    wrong = lock.verify_checksums(context.repo_cache)
    if wrong:
        hint = f"Delete {directory} and start again; if it happens again, the source was altered."
        raise CitizengraphError("ARTEFACT_CORRUPT", "; ".join(wrong[:3]) + ".", hint)
    with writable(directory):
        (directory / "verified").touch()


def _remove_wrong(lock: LockFile, context: MavenContext) -> None:
    """Delete what an interrupted download left half written."""
    for dependency in lock.dependencies:
        jar = _jar(context, dependency)
        if jar.is_file() and hashlib.sha256(jar.read_bytes()).hexdigest() != dependency.sha256:
            jar.unlink()


def _download(lock: LockFile, context: MavenContext, report: Report) -> None:
    total = len(lock.dependencies)
    with ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool:
        waiting = [pool.submit(_fetch, context, d) for d in lock.dependencies]
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                report(f"downloading Neo4j: {done} of {total} files")
        finally:
            pool.shutdown(cancel_futures=True)


def _fetch(context: MavenContext, dependency: LockedDependency) -> None:
    name = f"{dependency.groupId}:{dependency.artifactId}:{dependency.version}"
    problem: Exception | None = None
    for _ in range(ATTEMPTS):
        try:
            with writable(context.repo_cache):
                _artifact(context, dependency).resolve()
            return
        except (requests.RequestException, RuntimeError) as error:
            _jar(context, dependency).unlink(missing_ok=True)
            problem = error
    hint = "Check the network and proxy settings and start again; finished files are kept."
    words = f"{name} could not be downloaded ({type(problem).__name__})."
    raise CitizengraphError("ARTEFACT_UNAVAILABLE", words, hint) from problem


def _artifact(context: MavenContext, dependency: LockedDependency):
    component = context.project(dependency.groupId, dependency.artifactId).at_version(
        dependency.version
    )
    return component.artifact(dependency.classifier or "", dependency.packaging)


def _jar(context: MavenContext, dependency: LockedDependency) -> Path:
    path = _artifact(context, dependency).cached_path
    assert path is not None
    return path
