"""How long it takes from the activation of a policy to the last of eight processes applying it.

    python -m bench.activation [--processes 8] [--activations 50] [--unannounced]

Starts a Valkey and the processes of its own, in a directory that is removed at the end. Each
process serves all subgraphs; none of them needs the graph for this. An activation is a roll back
to the version before, so that the texts differ each time. `--unannounced` leaves out what an
activation tells beforehand: then each process compiles after the swap.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.catalogue import model
from policies.bundle import Bundle, read_bundle
from policies.life import Statement
from policies.store.steps import seed, take
from policies.store.valkey import PREPARE, PolicyStore
from policies.versions import Actor
from runtime.ports import free_port
from runtime.process import guarded
from runtime.ready import valkey_ready
from runtime.valkey import ValkeyServer

START_SECONDS_MAX = 300.0
ANNOUNCED_SECONDS = 2.0
WRITER, READER = (Actor(name, name, "command line") for name in ("writer", "reader"))


def quiet(words: str) -> None:
    """No progress is shown."""
    del words


@contextmanager
def stack(home: Path, processes: int) -> Generator[PolicyStore]:
    """A Valkey and the processes that follow it."""
    server = ValkeyServer(home, free_port())
    server.prepare(quiet)
    running = [subprocess.Popen(guarded(server.command()), stdout=subprocess.DEVNULL)]
    try:
        wait_until(lambda: answers(server.url))
        store = PolicyStore(server.url)
        seed(store, model())
        variables = {"CITIZENGRAPH_HOME": str(home), "REDIS_URL": server.url}
        environment = {**os.environ, **variables, "CITIZENGRAPH_POLICY_SECONDS_MAX": "300"}
        for _ in range(processes):
            command = [sys.executable, "-m", "subgraphs", "--port", str(free_port())]
            output = (home / "subgraphs.log").open("ab")
            running.append(subprocess.Popen(guarded(command), env=environment, stderr=output))
        wait_until(lambda: len(store.processes()) == processes)
        yield store
        store.close()
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(30)


def answers(url: str) -> bool:
    """Whether the server does."""
    try:
        valkey_ready(url)
    except Exception:
        return False
    return True


def wait_until(true: Callable[[], bool]) -> None:
    """Raises SystemExit when it takes too long."""
    until = time.monotonic() + START_SECONDS_MAX
    while not true():
        if time.monotonic() > until:
            raise SystemExit("it did not happen in time")
        time.sleep(0.02)


def second_version(store: PolicyStore) -> None:
    """Another version that has been in force, so that there are two to go between."""
    texts = dict(read_bundle(None).texts)
    path = next(iter(read_bundle(None).grants()))
    bundle = Bundle({**texts, path: f"// Measured.\n{texts[path]}"})
    said = Statement("measured", "none")
    number = take(store, WRITER, lambda d: d.draft(bundle, said), bundle).records[-1].number
    take(store, WRITER, lambda d: d.validate(number, bundle, 0), None)
    hashed = store.snapshot().history.records[number - 1].version.hash
    take(store, READER, lambda d: d.approve(number, bundle, hashed, ""), None)
    take(store, WRITER, lambda d: d.activate(number, bundle, ""), None)


def measure(store: PolicyStore, processes: int, announced: bool) -> float:
    """Milliseconds from the step to the last process."""
    history = store.snapshot().history
    active = history.active
    assert active is not None
    other = next(r for r in history.records if r.version.bundle != active.version.bundle)
    bundle = store.bundle(other.version.bundle)
    if announced:
        store.publish(f"{PREPARE} {bundle.hash}")
        time.sleep(ANNOUNCED_SECONDS)
    started = time.time()
    after = take(store, WRITER, lambda d: d.roll_back(other.number, bundle, "measured"), None)
    number = after.records[-1].number
    wait_until(lambda: sum(report.number >= number for report in store.processes()) == processes)
    return (max(report.applied_at for report in store.processes()) - started) * 1000


def main() -> None:
    """Print median, 99th percentile and maximum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--activations", type=int, default=50)
    parser.add_argument("--unannounced", action="store_true")
    given = parser.parse_args()
    with (
        TemporaryDirectory(prefix="citizengraph-activation-") as home,
        stack(Path(home), given.processes) as store,
    ):
        second_version(store)
        wait_until(lambda: {r.number for r in store.processes()} == {2})
        took = sorted(
            measure(store, given.processes, not given.unannounced) for _ in range(given.activations)
        )
    median, nearly_all = took[len(took) // 2], took[min(len(took) - 1, len(took) * 99 // 100)]
    print(f"{len(took)} activations, {given.processes} processes, load {os.getloadavg()[0]:.1f}")
    print(f"median {median:.0f} ms, 99th percentile {nearly_all:.0f} ms, most {took[-1]:.0f} ms")


if __name__ == "__main__":
    main()
