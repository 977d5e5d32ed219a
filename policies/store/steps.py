"""Taking a step: asked under what is true now, stored if it still is, asked again if not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from graph.catalogue import Catalogue
from policies.bundle import Bundle, read_bundle
from policies.history import History, Record
from policies.life import Doing, Steps, built_in
from policies.rules import Refusal
from policies.store.problems import PolicyUnavailable
from policies.store.valkey import PolicyStore
from policies.table import load_bundle
from policies.versions import Actor
from runtime.errors import CitizengraphError

ATTEMPTS = 5


class StepRefused(CitizengraphError):
    """A rule forbids the step; nothing has changed."""

    def __init__(self, refusal: Refusal) -> None:
        words = f"{refusal.rule} Here {refusal.words}."
        super().__init__("POLICY_STEP_REFUSED", words, "See docs/errors/POLICY_STEP_REFUSED.md.")
        self.refusal = refusal


def take(
    store: PolicyStore,
    by: Actor,
    act: Callable[[Doing], Steps | Refusal],
    bundle: Bundle | None,
    gains: frozenset[str] = frozenset(),
    asker: Actor | None = None,
) -> History:
    """The history after the step; a new `bundle` is stored with it.

    `gains`: organisations that would get more; `asker`: who asked for it. Raises StepRefused,
    and what the store raises.
    """
    for _ in range(ATTEMPTS):
        snapshot = store.snapshot()
        steps = act(Doing(snapshot.history, by, datetime.now(UTC), date.today(), gains, asker))
        if isinstance(steps, Refusal):
            raise StepRefused(steps)
        if store.append(snapshot, steps, bundle):
            return snapshot.history.followed_by(steps)
    raise PolicyUnavailable("others take steps all the time", "Repeat the step.")


def known(history: History, number: int) -> Record:
    """The version of a number. Raises POLICY_VERSION_UNKNOWN."""
    record = history.get(number)
    if record is None:
        hint = "`citizengraph policy list` shows every version."
        words = f"There is no policy version {number}."
        raise CitizengraphError("POLICY_VERSION_UNKNOWN", words, hint)
    return record


def seed(store: PolicyStore, catalogue: Catalogue) -> None:
    """Put what is built in into force, on an empty store or in place of an older built-in one.

    Where somebody has put a version of their own into force, nothing happens. Raises PolicyInvalid.
    """
    bundle = read_bundle(None)
    snapshot = store.active()[1]
    active = snapshot.history.active
    version = active.version if active else None
    if version and (version.author.proof != "built in" or version.bundle == bundle.hash):
        return
    load_bundle(bundle, catalogue)
    why = "what is shipped has changed" if active else "first start"
    steps = built_in(snapshot.history, bundle, datetime.now(UTC), why)
    store.append(snapshot, steps, bundle)  # another process may be faster, with the same
