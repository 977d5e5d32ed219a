"""Keys, logs, locks, artefacts and the gateway's folder on disk."""

import errno
import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from jgo.env import LockFile

from runtime.errors import CitizengraphError
from runtime.files import require_free_bytes, writable, write_file
from runtime.keys import ensure_keys, private_key_file, public_keys_file, rotate_key
from runtime.logs import PartLog
from runtime.neo4j.artefacts import LOCK, artefact_directory, wrong_jars
from runtime.node import ensure_gateway


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    ensure_keys(tmp_path)
    private = private_key_file(tmp_path, "gateway").read_text()
    ensure_keys(tmp_path)
    assert private_key_file(tmp_path, "gateway").read_text() == private
    key, public = json.loads(private), json.loads(public_keys_file(tmp_path, "gateway").read_text())
    assert (key["crv"], key["alg"]) == ("P-256", "ES256")
    assert "d" in key and "d" not in public["keys"][0]
    assert key["kid"] == public["keys"][0]["kid"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}


def test_log_is_bounded_and_without_secrets(tmp_path: Path) -> None:
    log = PartLog(tmp_path / "part.log", 1000, ["hidden"])
    for number in range(200):
        log.write(f"line {number} hidden\n".encode())
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["part.log", "part.log.1", "part.log.2"]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert not any("hidden" in file.read_text() for file in files)
    assert log.tail().splitlines()[-1] == "line 199 ***"


def test_full_disk_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CitizengraphError, match="DISK_FULL"), writable(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(CitizengraphError, match="MB are needed"):
        require_free_bytes(tmp_path, 10**18)


def test_failed_write_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_file(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_file(path, "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_lock_has_a_checksum_for_every_file_and_no_address() -> None:
    lock = LockFile.load(LOCK)
    assert all(len(dependency.sha256 or "") == 64 for dependency in lock.dependencies)
    assert "://" not in LOCK.read_text()
    versions = {(d.artifactId, d.version) for d in lock.dependencies}
    assert {("neo4j-server", "2026.08.1"), ("neo4j", "2026.08.1")} <= versions


def test_altered_jar_is_found(tmp_path: Path) -> None:
    dependency = LockFile.load(LOCK).dependencies[0]
    folder = artefact_directory(tmp_path) / "jars" / dependency.groupId.replace(".", "/")
    jar = folder / dependency.artifactId / dependency.version
    jar.mkdir(parents=True)
    name = f"{dependency.artifactId}-{dependency.version}.jar"
    (jar / name).write_bytes(b"altered")
    words = [line for line in wrong_jars(tmp_path) if "checksum mismatch" in line]
    assert len(words) == 1 and dependency.artifactId in words[0]


def test_a_rotated_key_leaves_the_two_before_it_published(tmp_path: Path) -> None:
    ensure_keys(tmp_path)
    made = [json.loads(private_key_file(tmp_path, "proofs").read_text())["kid"]]
    made += [rotate_key(tmp_path, "proofs") for _ in range(3)]
    assert json.loads(private_key_file(tmp_path, "proofs").read_text())["kid"] == made[-1]
    public = json.loads(public_keys_file(tmp_path, "proofs").read_text())["keys"]
    assert [key["kid"] for key in public] == made[:0:-1]
    assert not any("d" in key for key in public)


def test_those_who_start_at_once_make_one_key(tmp_path: Path) -> None:
    text = "import sys; from pathlib import Path; from runtime.keys import ensure_key;"
    command = [sys.executable, "-c", f"{text} ensure_key(Path(sys.argv[1]), 'proofs')"]
    started = [subprocess.Popen([*command, str(tmp_path)]) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0] * 4
    private = json.loads(private_key_file(tmp_path, "proofs").read_text())
    (public,) = json.loads(public_keys_file(tmp_path, "proofs").read_text())["keys"]
    assert public["kid"] == private["kid"]


def test_gateway_folder_is_made_once_per_source(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.joinpath("pages").mkdir(parents=True)
    package = {"name": "small", "version": "1.0.0"}
    lock = {**package, "lockfileVersion": 3, "packages": {"": package}}
    source.joinpath("package.json").write_text(json.dumps(package))
    source.joinpath("package-lock.json").write_text(json.dumps(lock))
    source.joinpath("main.mjs").write_text("console.log(1)")
    source.joinpath("pages", "page.html").write_text("<p>")
    said: list[str] = []
    first = ensure_gateway(tmp_path / "cache", source, said.append)
    assert ensure_gateway(tmp_path / "cache", source, said.append) == first
    assert said == ["installing the gateway's packages"]
    assert first.joinpath("pages", "page.html").read_text() == "<p>"
    source.joinpath("main.mjs").write_text("console.log(2)")
    second = ensure_gateway(tmp_path / "cache", source, said.append)
    assert second != first and second.parent == first.parent
    shutil.rmtree(source)
    assert second.joinpath("main.mjs").read_text() == "console.log(2)"
