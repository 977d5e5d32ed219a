"""A process follows the active version: by message, without it, and not at all while it cannot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from graph.catalogue import model
from graph.conditions import NEVER
from policies.bundle import Bundle, read_bundle
from policies.life import Statement
from policies.store.steps import take
from policies.store.valkey import PREPARE, PolicyStore
from policies.table import load_bundle
from policies.versions import Actor
from runtime.errors import CitizengraphError
from subgraphs import stored_policies
from subgraphs.stored_policies import StoredPolicies
from tests.audit.own_valkey import OwnValkey

LI = Actor("P-1001", "li.na", "token")
WANG = Actor("P-2002", "wang.fang", "token")
SAID = Statement("because", "Decision 17")
PATH = "grants/school-enrolment.cedar"
SECONDS_MAX = 4.0


def bundle(comment: str) -> Bundle:
    texts = read_bundle(None).texts
    return Bundle({**texts, PATH: f"// {comment}\n{texts[PATH]}"})


def activate(store: PolicyStore, texts: Bundle, said: Statement = SAID) -> str:
    """Put texts into force, through every step; their policy version."""
    number = take(store, LI, lambda d: d.draft(texts, said), texts).records[-1].number
    take(store, LI, lambda d: d.validate(number, texts, 0), None)
    hashed = store.snapshot().history.records[number - 1].version.hash
    take(store, WANG, lambda d: d.approve(number, texts, hashed, ""), None)
    take(store, LI, lambda d: d.activate(number, texts, ""), None)
    return load_bundle(texts, model()).version


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> float:
    """Seconds that it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "too late"
        time.sleep(0.005)
    return time.monotonic() - started


def code_of(ask: Callable[[], object]) -> str:
    with pytest.raises(CitizengraphError) as caught:
        ask()
    return caught.value.code


class Followed:
    """A store and a process that follows it."""

    def __init__(self, url: str, prefix: str) -> None:
        self.store = PolicyStore(url, prefix)
        self.process = StoredPolicies(PolicyStore(url, prefix), model(), SECONDS_MAX)
        self.process.start()

    def has(self, version: str) -> bool:
        return _answers(self) and self.process.newest.version == version

    def close(self) -> None:
        self.process.stop()
        self.store.close()


@pytest.fixture
def followed(valkey_server: str) -> Iterator[Followed]:
    found = Followed(valkey_server, f"test:{uuid4().hex}")
    yield found
    found.close()


def test_the_first_process_begins_with_what_is_built_in(followed: Followed) -> None:
    assert followed.has(load_bundle(read_bundle(None), model()).version)
    assert [report.number for report in followed.store.processes()] == [1]


def test_an_activation_is_followed_and_reported(followed: Followed) -> None:
    version = activate(followed.store, bundle("one"))
    wait_until(lambda: followed.has(version))
    wait_until(lambda: [report.policy for report in followed.store.processes()] == [version])


def test_what_was_announced_is_compiled_before_it_is_active(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []

    def counted(texts: Bundle, *others: object, **named: object) -> object:
        found = load_bundle(texts, *others, **named)  # type: ignore[arg-type]
        compiled.append(texts.hash)
        return found

    monkeypatch.setattr(stored_policies, "load_bundle", counted)
    texts = bundle("announced")
    number = take(followed.store, LI, lambda d: d.draft(texts, SAID), texts).records[-1].number
    take(followed.store, LI, lambda d: d.validate(number, texts, 0), None)
    hashed = followed.store.snapshot().history.records[number - 1].version.hash
    take(followed.store, WANG, lambda d: d.approve(number, texts, hashed, ""), None)
    before = followed.process.newest.version
    followed.store.publish(f"{PREPARE} {texts.hash}")
    wait_until(lambda: compiled == [texts.hash])
    time.sleep(0.3)
    assert followed.process.newest.version == before, "announced is not active"
    take(followed.store, LI, lambda d: d.activate(number, texts, ""), None)
    wait_until(lambda: followed.process.newest.version != before)
    assert compiled == [texts.hash]


def test_a_lost_message_is_made_good_by_asking(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PolicyStore, "publish", lambda *_: None)
    version = activate(followed.store, bundle("unheard"))
    wait_until(lambda: followed.has(version))


def test_what_is_under_way_ends_under_the_version_it_began_with(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = followed.process.newest.version
    version = activate(followed.store, bundle("later"))
    wait_until(lambda: followed.has(version))
    assert followed.process.of(before).version == before
    assert followed.process.of(version).version == version
    monkeypatch.setattr(stored_policies, "UNDER_WAY_SECONDS", 0.0)
    assert code_of(lambda: followed.process.of(before)) == "POLICY_VERSION_MISMATCH"
    assert code_of(lambda: followed.process.of("0" * 16)) == "POLICY_VERSION_MISMATCH"


def test_a_version_that_is_named_before_it_was_heard_of_is_asked_for(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PolicyStore, "publish", lambda *_: None)
    monkeypatch.setattr(stored_policies, "POLL_SECONDS", 30.0)
    version = activate(followed.store, bundle("named"))
    assert followed.process.of(version).version == version


def test_texts_that_were_altered_are_not_taken_up(followed: Followed, valkey_server: str) -> None:
    from redis import Redis

    before = followed.process.newest.version
    texts = bundle("altered")
    prefix = followed.store._prefix  # pyright: ignore[reportPrivateUsage]
    with Redis.from_url(valkey_server) as redis:
        redis.hset(f"{prefix}:bundles", texts.hash, '{"purposes.yaml": "purposes: {}"}')
    activate(followed.store, texts)
    time.sleep(0.5)
    assert followed.process.newest.version == before
    wait_until(lambda: not _answers(followed), SECONDS_MAX + 2.0)


def _answers(followed: Followed) -> bool:
    try:
        return bool(followed.process.newest)
    except CitizengraphError as error:
        assert error.code == "POLICY_UNAVAILABLE"
        return False


def test_without_the_store_it_stops_answering_within_the_limit(tmp_path: Path) -> None:
    server = OwnValkey(tmp_path)
    server.start()
    followed = Followed(server.url, "test")
    try:
        version = followed.process.newest.version
        server.kill()
        time.sleep(SECONDS_MAX / 2)
        assert followed.process.of(version).version == version
        wait_until(lambda: not _answers(followed), SECONDS_MAX + 1.0)
        assert code_of(lambda: followed.process.of(version)) == "POLICY_UNAVAILABLE"
        server.start()
        wait_until(lambda: _answers(followed))
        assert followed.process.of(version).version == version
    finally:
        server.start() if server.process is None else None
        followed.close()
        server.kill()


def test_a_process_that_starts_without_the_store_answers_nothing_until_it_is_there(
    tmp_path: Path,
) -> None:
    server = OwnValkey(tmp_path)
    followed = Followed(server.url, "test")
    try:
        assert not _answers(followed)
        server.start()
        wait_until(lambda: _answers(followed))
    finally:
        followed.close()
        server.kill()


def test_a_grant_ends_at_midnight_without_a_restart(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date.fromordinal(date.today().toordinal() + 1)

    texts = dict(read_bundle(None).texts)
    ending = f'@id("school-child-name")\n@until("{date.today().isoformat()}")'
    texts[PATH] = texts[PATH].replace('@id("school-child-name")', ending)
    version = activate(followed.store, Bundle(texts))
    wait_until(lambda: followed.has(version))
    key = ("school-enrolment", "school-enrolment", "compulsory-education")
    shown = followed.process.of(version).decision(*key).field("Person", "name").condition
    assert shown != NEVER
    monkeypatch.setattr(stored_policies, "date", Tomorrow)
    after = followed.process.of(version)
    assert after.version == version
    assert after.decision(*key).field("Person", "name").condition == NEVER
    assert after.visible("school-enrolment") >= {("Person", "name")}
    assert followed.process.of(version) is after


def test_the_last_day_of_a_version_is_the_last_of_its_grants(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date.fromordinal(date.today().toordinal() + 1)

    said = Statement("because", "Decision 17", valid_to=date.today())
    version = activate(followed.store, bundle("for today"), said)
    wait_until(lambda: followed.has(version))
    monkeypatch.setattr(stored_policies, "date", Tomorrow)
    tables = followed.process.of(version).tables
    assert all(e.condition == NEVER for t in tables.values() for e in t.clear.values())
