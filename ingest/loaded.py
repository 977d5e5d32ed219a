"""Which files of facts the graph holds already, by content."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from graph import write
from graph.store import Store


def digest_of(path: Path) -> str:
    """SHA-256 of the file's content."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


async def loaded_files(store: Store) -> dict[str, str]:
    """Name by digest of every file that was loaded whole."""
    rows = await store.read(write.LOADED_FILES, {})
    return {row["sha256"]: row["name"] for row in rows}


async def note_loaded(store: Store, path: Path) -> None:
    """Note that the whole file is in the graph."""
    await store.write([(write.NOTE_LOADED_FILE, {"sha256": digest_of(path), "name": path.name})])
