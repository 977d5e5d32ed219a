"""Files written whole: a reader sees the old content or the new one, never a part."""

import errno
import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from runtime.errors import CitizengraphError


def write_file(path: Path, content: str, mode: int = 0o600) -> None:
    """Replace `path` atomically; the content is on disk when this returns."""
    with writable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                os.fchmod(descriptor, mode)
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def private_directory(path: Path) -> Path:
    """Create a directory that only its owner can enter."""
    with writable(path):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def private_home(path: Path) -> Path:
    """The home, closed to others also where it exists; one of another owner stays as it is."""
    private_directory(path)
    if path.stat().st_uid == os.geteuid():
        with writable(path):
            path.chmod(0o700)
    return path


@contextmanager
def writable(path: Path) -> Generator[None]:
    """Turn the operating system's refusal to write into DISK_FULL or HOME_NOT_WRITABLE."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "Free some space, or point CITIZENGRAPH_HOME and CITIZENGRAPH_CACHE elsewhere."
            raise CitizengraphError("DISK_FULL", f"The disk of {path} is full.", hint) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            words = f"{path} cannot be written: {error.strerror}."
            hint = "Give this user the right to write there, or set CITIZENGRAPH_HOME elsewhere."
            raise CitizengraphError("HOME_NOT_WRITABLE", words, hint) from error
        raise


@contextmanager
def exclusive(path: Path) -> Generator[None]:
    """Wait until no other process is in the section that `path` guards."""
    with writable(path.parent), path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def require_free_bytes(directory: Path, needed: int) -> None:
    """DISK_FULL when less than `needed` bytes are free where `directory` is."""
    free = shutil.disk_usage(directory).free
    if free < needed:
        words = f"{directory} has {free // 10**6} MB free; {needed // 10**6} MB are needed."
        hint = "Free some space, or point CITIZENGRAPH_HOME and CITIZENGRAPH_CACHE elsewhere."
        raise CitizengraphError("DISK_FULL", words, hint)
