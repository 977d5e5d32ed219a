"""Run a command that ends when its parent does: `python guard.py PARENT COMMAND…`.

Linux kills the process when the parent dies, even by SIGKILL (prctl PR_SET_PDEATHSIG survives
exec); doing it here instead of in a fork hook keeps it safe in a threaded parent. Elsewhere the
command just runs, and the next start ends what was left over.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """From now on this process, its child, ends when the parent does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("the parent ended before the command started")


def main() -> None:
    """Bind to the parent, then become the command (same process id)."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    end_with(parent)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
