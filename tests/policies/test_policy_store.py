"""The store of versions on a real Valkey: compare-and-set, durability, and what was altered."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis

from graph.catalogue import model
from policies.bundle import Bundle, read_bundle
from policies.life import Doing, Statement
from policies.store.problems import PolicyAltered, PolicyUnavailable
from policies.store.steps import StepRefused, seed, take
from policies.store.valkey import PolicyStore, ProcessReport
from policies.versions import Actor
from runtime.errors import CitizengraphError
from tests.audit.own_valkey import OwnValkey

LI = Actor("P-1001", "li.na", "token")
WANG = Actor("P-2002", "wang.fang", "token")
SAID = Statement("because", "Decision 17", valid_to=date(2030, 1, 1))


class Prefixed:
    """A store with keys of its own in the session's server, and a way to change them unseen."""

    def __init__(self, url: str) -> None:
        self.prefix = f"test:{uuid4().hex}"
        self.store = PolicyStore(url, self.prefix)
        self.redis: Any = Redis.from_url(url)

    def key(self, name: str) -> str:
        return f"{self.prefix}:{name}"


@pytest.fixture
def own(valkey_server: str) -> Iterator[Prefixed]:
    found = Prefixed(valkey_server)
    seed(found.store, model())
    yield found
    found.store.close()
    found.redis.close()


def changed(comment: str = "changed") -> Bundle:
    texts = dict(read_bundle(None).texts)
    return Bundle(
        {**texts, "grants/citizen.cedar": f"// {comment}\n{texts['grants/citizen.cedar']}"}
    )


def approved(store: PolicyStore, bundle: Bundle) -> int:
    """A version that may be activated."""
    number = take(store, LI, lambda d: d.draft(bundle, SAID), bundle).records[-1].number
    take(store, LI, lambda d: d.validate(number, bundle, 0), None)
    hashed = store.snapshot().history.records[number - 1].version.hash
    take(store, WANG, lambda d: d.approve(number, bundle, hashed, ""), None)
    return number


def test_an_empty_store_begins_with_what_is_built_in(own: Prefixed) -> None:
    pointer, snapshot = own.store.active()
    active = snapshot.history.active
    assert active is not None
    assert (active.number, str(active.version.author)) == (1, "built in")
    assert pointer == f"1 {active.version.hash}"
    assert own.store.bundle(active.version.bundle) == read_bundle(None)


def test_seeding_again_changes_nothing(own: Prefixed) -> None:
    before = own.store.snapshot()
    seed(own.store, model())
    assert own.store.snapshot() == before


def test_an_older_built_in_one_gives_way_and_an_admins_does_not(
    own: Prefixed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.store.steps.read_bundle", lambda _: changed("newer"))
    seed(own.store, model())
    assert [r.state for r in own.store.snapshot().history.records] == ["superseded", "active"]
    number = approved(own.store, changed("mine"))
    take(own.store, LI, lambda d: d.activate(number, changed("mine"), ""), None)
    monkeypatch.setattr("policies.store.steps.read_bundle", lambda _: changed("newest"))
    seed(own.store, model())
    active = own.store.snapshot().history.active
    assert active is not None and active.number == number


def test_a_version_survives_as_it_was_written(own: Prefixed) -> None:
    number = approved(own.store, changed())
    record = own.store.snapshot().history.records[number - 1]
    assert (record.version.reason, record.version.valid_to) == ("because", date(2030, 1, 1))
    assert [step.step for step in record.steps] == ["drafted", "validated", "approved"]
    assert record.approver == WANG
    assert own.store.bundle(record.version.bundle) == changed()


def test_of_two_who_are_as_fast_one_is_asked_again(own: Prefixed) -> None:
    first, second = approved(own.store, changed("one")), approved(own.store, changed("two"))
    outcomes: dict[int, str] = {}

    def activate(number: int, bundle: Bundle) -> None:
        try:
            take(own.store, LI, lambda d: d.activate(number, bundle, ""), None)
            outcomes[number] = "active"
        except StepRefused as error:
            outcomes[number] = error.refusal.rule

    threads = [
        threading.Thread(target=activate, args=(first, changed("one"))),
        threading.Thread(target=activate, args=(second, changed("two"))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stale = "It was made from the version that is active."
    assert sorted(outcomes.values()) == sorted(["active", stale])
    assert len([r for r in own.store.snapshot().history.records if r.state == "active"]) == 1


def test_steps_asked_under_an_old_picture_are_not_stored(own: Prefixed) -> None:
    old = own.store.snapshot()
    approved(own.store, changed())
    steps = Doing(old.history, LI, datetime.now(UTC), date.today()).draft(changed("x"), SAID)
    assert isinstance(steps, tuple)
    before = own.store.snapshot()
    assert own.store.append(old, steps, changed("x")) is False
    assert own.store.snapshot() == before


def test_texts_that_were_altered_are_not_given_out(own: Prefixed) -> None:
    number = approved(own.store, changed())
    hashed = own.store.snapshot().history.records[number - 1].version.bundle
    wider = {**changed().texts, "grants/more.cedar": "// permit everything"}
    for stored in (json.dumps(wider), "[]", "nonsense", '{"../escape": "x"}'):
        own.redis.hset(own.key("bundles"), hashed, stored)
        with pytest.raises(CitizengraphError) as caught:
            own.store.bundle(hashed)
        assert caught.value.code in ("POLICY_ALTERED", "POLICY_INVALID")
    own.redis.hdel(own.key("bundles"), hashed)
    with pytest.raises(PolicyAltered, match="are gone"):
        own.store.bundle(hashed)


def test_a_history_that_was_altered_is_not_read(own: Prefixed) -> None:
    approved(own.store, changed())
    entries = own.redis.lrange(own.key("steps"), 0, -1)
    own.redis.lset(own.key("steps"), 2, entries[2].replace(b"P-1001", b"P-9009"))
    with pytest.raises(PolicyAltered, match="Step 3"):
        own.store.snapshot()
    own.redis.lset(own.key("steps"), 2, entries[2])
    own.redis.ltrim(own.key("steps"), 1, -1)
    with pytest.raises(PolicyAltered, match="Step 1"):
        own.store.snapshot()


def test_a_pointer_that_was_turned_is_not_followed(own: Prefixed) -> None:
    approved(own.store, changed())
    draft = own.store.snapshot().history.records[1]
    own.redis.set(own.key("active"), f"2 {draft.version.hash}")
    with pytest.raises(PolicyAltered, match="another than the history says"):
        own.store.active()


def test_processes_are_known_until_they_withdraw(own: Prefixed) -> None:
    own.store.report(ProcessReport("one", "abc", 1, 5.0))
    own.store.report(ProcessReport("two", "abc", 1, 6.0))
    assert [report.process for report in own.store.processes()] == ["one", "two"]
    own.store.withdraw("one")
    assert [report.process for report in own.store.processes()] == ["two"]


def test_a_server_without_an_append_only_file_is_refused(tmp_path: Any) -> None:
    server = OwnValkey(tmp_path, appendonly="no")
    server.start()
    store = PolicyStore(server.url)
    try:
        with pytest.raises(PolicyUnavailable) as caught:
            seed(store, model())
        assert "append-only" in caught.value.reason
    finally:
        store.close()
        server.kill()


def test_what_was_activated_survives_a_kill(tmp_path: Any) -> None:
    server = OwnValkey(tmp_path)
    server.start()
    store = PolicyStore(server.url)
    try:
        seed(store, model())
        number = approved(store, changed())
        take(store, LI, lambda d: d.activate(number, changed(), ""), None)
        before = store.snapshot()
        server.kill()
        with pytest.raises(PolicyUnavailable):
            store.pointer()
        server.start()
        assert store.snapshot() == before
        assert store.pointer().startswith(f"{number} ")
    finally:
        store.close()
        server.kill()
