"""A database takes the place of another, wherever the exchange breaks off."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.neo4j.exchange import KINDS, exchange, finish, is_unfinished


def _database(directory: Path, content: str) -> Path:
    for kind in KINDS:
        place = directory / "data" / kind / "neo4j"
        place.mkdir(parents=True)
        (place / "store").write_text(content)
    return directory


def _contents(directory: Path) -> list[str]:
    return [(directory / kind / "neo4j" / "store").read_text() for kind in KINDS]


@pytest.mark.parametrize("renames", range(6))
def test_broken_exchange_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    made, used = _database(tmp_path / "made", "new"), _database(tmp_path / "used", "old")
    left = renames

    def rename(path: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        return path.replace(target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        if renames < 4:
            with pytest.raises(KeyboardInterrupt):
                exchange(made, used, "neo4j")
            assert is_unfinished(used)
        else:
            exchange(made, used, "neo4j")
    finish(used)
    assert not is_unfinished(used)
    assert _contents(used / "data") == ["new", "new"]
    assert [(made / "replaced" / kind / "store").read_text() for kind in KINDS] == ["old", "old"]


def test_first_database_needs_no_other(tmp_path: Path) -> None:
    made, used = _database(tmp_path / "made", "new"), tmp_path / "used"
    used.mkdir()
    exchange(made, used, "neo4j")
    assert _contents(used / "data") == ["new", "new"]


def test_nothing_begun_is_nothing_done(tmp_path: Path) -> None:
    used = _database(tmp_path / "used", "old")
    finish(used)
    assert _contents(used / "data") == ["old", "old"]
