"""A database that was made elsewhere takes the place of a server's own.

It is four renames. A note on disk says that they have begun; whoever prepares the server next
finishes them, so that a crash in between leaves the new database and not half of one.
"""

from __future__ import annotations

from pathlib import Path

from runtime.files import write_file

KINDS = ("transactions", "databases")


def exchange(made: Path, directory: Path, database: str) -> None:
    """The database of Neo4j's home `made` becomes that of `directory`; neither may run.

    The one that was there is then under `made`/replaced.
    """
    write_file(_note(directory), f"{made}\n{database}\n")
    finish(directory)


def is_unfinished(directory: Path) -> bool:
    """Whether an exchange has begun and not ended."""
    return _note(directory).is_file()


def finish(directory: Path) -> None:
    """Do what is left of an exchange that has begun; nothing where none has."""
    if not is_unfinished(directory):
        return
    made, database = _note(directory).read_text(encoding="utf-8").splitlines()
    for kind in KINDS:
        replaced = Path(made) / "replaced" / kind
        replaced.parent.mkdir(mode=0o700, exist_ok=True)
        place = directory / "data" / kind / database
        _move(Path(made) / "data" / kind / database, place, replaced)
    _note(directory).unlink()


def _move(new: Path, place: Path, replaced: Path) -> None:
    """`new` goes to `place`, what stands there to `replaced`; repeating it does the rest."""
    if not new.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.exists():
        place.rename(replaced)
    new.rename(place)


def _note(directory: Path) -> Path:
    return directory / "exchange"
