"""Settings: documented, checked, and found in the running stack's state."""

from pathlib import Path

import pytest

from runtime.errors import CitizengraphError
from runtime.secrets import ensure_secret
from runtime.settings import Settings, StartSettings, env_name, load_settings, settings_table
from runtime.state import StackState, write_state

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(env_name(field), raising=False)


def test_document_holds_the_table_of_all_settings() -> None:
    assert settings_table() in DOCUMENT.read_text()


def test_running_stack_fills_what_is_not_given(tmp_path: Path) -> None:
    password = ensure_secret(tmp_path, "valkey")
    state = StackState(1, 0.0, status="running", settings={"valkey_port": 7777, "neo4j_port": 7778})
    write_state(tmp_path, state)
    settings = Settings(home=tmp_path)
    assert settings.redis_url == f"redis://:{password}@127.0.0.1:7777/0"
    assert settings.neo4j_uri == "bolt://127.0.0.1:7778"
    assert not settings.given("neo4j_port")


def test_environment_comes_before_the_running_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_state(tmp_path, StackState(1, 0.0, status="running", settings={"gateway_port": 7777}))
    monkeypatch.setenv("CITIZENGRAPH_GATEWAY_PORT", "4444")
    monkeypatch.setenv("CITIZENGRAPH_HOME", str(tmp_path))
    settings = Settings()
    assert settings.gateway_port == 4444
    assert settings.given("gateway_port")


def test_stopped_stack_and_start_settings_use_defaults(tmp_path: Path) -> None:
    write_state(tmp_path, StackState(1, 0.0, status="stopped", settings={"gateway_port": 7777}))
    assert Settings(home=tmp_path).gateway_port == 4000
    write_state(tmp_path, StackState(1, 0.0, status="running", settings={"gateway_port": 7777}))
    assert StartSettings(home=tmp_path).gateway_port == 4000
    assert Settings(home=tmp_path).gateway_port == 7777


def test_unusable_value_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITIZENGRAPH_GATEWAY_PORT", "99999")
    with pytest.raises(CitizengraphError, match="CITIZENGRAPH_GATEWAY_PORT"):
        load_settings()


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    password = ensure_secret(tmp_path, "neo4j")
    settings = Settings(home=tmp_path)
    assert settings.neo4j_password == password
    assert password not in repr(settings)


def test_variables_of_other_programs_are_not_settings(
    monkeypatch: pytest.MonkeyPatch, clean_environment: None
) -> None:
    del clean_environment
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "7")
    settings = load_settings(StartSettings)
    assert settings.home == Path(".citizengraph")
    assert settings.gateway_port == 4000
