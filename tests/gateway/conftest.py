"""One gateway process for all tests of the gateway."""

from collections.abc import Iterator

import pytest
from gateway_stack import Stack

from gateway.compose import NodeServer, node_server
from runtime.settings import StartSettings


@pytest.fixture(scope="session")
def node() -> NodeServer:
    return node_server(StartSettings().cache.absolute())


@pytest.fixture(scope="session")
def stack(node: NodeServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = Stack(tmp_path_factory.mktemp("gateway-home"), node)
    yield running
    running.close()
