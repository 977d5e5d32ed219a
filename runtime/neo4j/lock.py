"""Resolve jgo.toml into jgo.lock.toml: every jar with its version and sha256, no addresses.

Run by a maintainer after changing a version: `python -m runtime.neo4j.lock`.
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

from jgo.env import EnvironmentSpec, LockedDependency, LockFile, compute_spec_hash
from jgo.maven import MavenContext

HERE = Path(__file__).parent


def resolve(repository: Path) -> LockFile:
    """The lock for jgo.toml; downloads poms and jars into `repository`."""
    spec = EnvironmentSpec.load(HERE / "jgo.toml")
    context = MavenContext(repo_cache=repository, timeout=60)
    wanted = [context.create_dependency(f"{c}") for c in spec.coordinates]
    inputs, transitive = context.resolver.resolve(wanted)
    kept = [*inputs, *(d for d in transitive if d.scope in ("compile", "runtime"))]
    locked = {d.artifact.key: LockedDependency.from_dependency(d) for d in kept}
    return LockFile(
        list(locked.values()),
        environment_name=spec.name,
        entrypoints=spec.entrypoints,
        default_entrypoint=spec.default_entrypoint,
        spec_hash=compute_spec_hash(HERE / "jgo.toml"),
    )


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    resolve(directory).save(HERE / "jgo.lock.toml")
