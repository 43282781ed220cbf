"""What the installation weighs, and the machine it was measured on."""

import os
import platform
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from bench.workshop import ROOT

LOCK = ROOT / "uv.lock"
STOCK_LOCK = ROOT / "bench" / "stock" / "uv.lock"


def run_environment_mb() -> float:
    """Megabytes of the installed packages that running needs, byte code included: what uv.lock leads to."""
    return sum(map(_size_of_package, needed(_packages(LOCK), "jmo-assistant"))) / 1e6


def versions(lock: Path) -> dict[str, str]:
    """The version of each package of a lock file, of the locked project itself left out."""
    itself = {"editable", "virtual"}
    packages = _packages(lock).items()
    return {name: package["version"] for name, package in packages if not itself & {*package["source"]}}


def _packages(lock: Path) -> dict[str, dict[str, Any]]:
    return {package["name"]: package for package in tomllib.loads(lock.read_text(encoding="utf-8"))["package"]}


def needed(packages: dict[str, dict[str, Any]], root: str) -> set[str]:
    """The names of all packages that `root` leads to, extras of theirs included, without groups for development."""
    found, waiting = set(), [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            extras = packages[name].get("optional-dependencies", {}).values()
            listed = [packages[name].get("dependencies", []), *extras]
            waiting += [dependency["name"] for group in listed for dependency in group]
    return found


def _size_of_package(name: str) -> int:
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return 0  # only on other systems
    return sum(map(_size, _files(installed)))


def _files(installed: Distribution) -> set[Path]:
    listed = {Path(str(file.locate())) for file in installed.files or ()}
    compiled = {Path(cache_from_source(str(path))) for path in listed if path.suffix == ".py"}
    return listed | compiled


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def model_mb(models: Path) -> float:
    """Megabytes of the trained model."""
    return sum(map(_size, models.glob("*.tar.gz"))) / 1e6


def machine() -> dict[str, str]:
    """What the figures depend on, without anything that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.1f} GiB",
        "System": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "Load before the run": f"{os.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
