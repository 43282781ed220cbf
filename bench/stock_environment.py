"""The environment in which stock Rasa's own SQL tracker store works: bench/stock, made on demand."""

import subprocess
import sys
from pathlib import Path
from shutil import which

from bench.workshop import ROOT, BenchmarkFailed, Workshop

PROJECT = ROOT / "bench" / "stock"
ENVIRONMENT = ROOT / ".cache" / "stock-rasa"
SECONDS = 300.0


def programs_of_stock_rasa(shop: Workshop) -> Path:
    """The folder of its programs, the environment brought up to date; raises `BenchmarkFailed` if that fails."""
    # Where scripts/bootstrap.sh finds or puts it.
    uv = which("uv") or which(str(ROOT / ".uv" / "bin" / "uv"))
    if uv is None:
        raise BenchmarkFailed("uv is neither on the PATH nor in .uv/: install it, or run `make clean bench`")
    options = ("--frozen", "--quiet", "--compile-bytecode", "--python", sys.executable)
    command = (uv, "sync", "--project", PROJECT, *options)
    variables = shop.environment({"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)})
    try:
        done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise BenchmarkFailed(f"the environment of stock Rasa took longer than {SECONDS:g} seconds") from error
    if done.returncode:
        raise BenchmarkFailed(f"the environment of stock Rasa could not be made: {done.stderr[-2000:]}")
    return ENVIRONMENT / "bin"
