"""Taking back a run as a whole: what it made us believe ends, and what it ended is believed again.

Nothing is erased: what was believed in between stays known as such. Stopping a run is here too.
"""

from __future__ import annotations

from graph import ledger
from graph.store import Store
from ingest.feed import Feed
from ingest.ledger import is_at_work, run_by_number, utc_now
from ingest.records import Delivery
from ingest.run import Progress, RunReport, ingest
from runtime.errors import CitizengraphError


async def undo(
    store: Store,
    number: int,
    *,
    who: str,
    today: str,
    progress: Progress = lambda _, __: None,
    feed: Feed | None = None,
) -> RunReport:
    """Take back run `number`; this is a run of its own, and can be resumed as one.

    Raises RUN_UNKNOWN, REGISTER_BUSY while it is at work, BAD_ARGUMENT where nothing can be undone.
    """
    run = await run_by_number(store, number)
    if run["kind"] == "undo" or run["state"] == "undone":
        what = "takes back another run" if run["kind"] == "undo" else "has been undone"
        hint = "Ingest the file again to bring back what was undone."
        raise CitizengraphError("BAD_ARGUMENT", f"Run {number} {what} already.", hint)
    if run["state"] in ("running", "cancelling") and await is_at_work(store, run):
        hint = f"Stop it first: `citizengraph runs cancel {number}`."
        raise CitizengraphError("REGISTER_BUSY", f"Run {number} is still at work.", hint)
    delivery = Delivery(
        run["format"],
        run["register"],
        run["file"],
        f"undo {number}",
        utc_now(),
        who,
        kind="undo",
        of=number,
    )
    return await ingest(store, delivery, None, today=today, progress=progress, feed=feed)


async def cancel(store: Store, number: int) -> str:
    """Have a run stop after the batch it is writing; returns its state from now on."""
    run = await run_by_number(store, number)
    if run["state"] not in ("running", "failed", "cancelling"):
        words = f"Run {number} is {run['state']}: there is nothing to stop."
        raise CitizengraphError("BAD_ARGUMENT", words, "See `citizengraph runs`.")
    state = "cancelling" if await is_at_work(store, run) else "cancelled"
    values = {"state": state}
    await store.write([(ledger.SET_RUN, {"number": number, "values": values})])
    return state
