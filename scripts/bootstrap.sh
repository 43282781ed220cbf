#!/bin/sh
# Makes the environment .venv: scripts/bootstrap.sh run|test. Does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE
kind=${1:-run}
uv_version=0.13.9

python=
for candidate in python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "Python 3.11 is needed, and neither python3.11 nor python3 is it: install it first." >&2; exit 1; }

wanted=$(cat uv.lock pyproject.toml packages/tensorflow-standin/src/*/__init__.py packages/tensorflow-standin/pyproject.toml |
    cksum)
for done in test "$kind"; do
    if [ -x .venv/bin/python ] && [ "$(cat ".venv/.made-for-$done" 2>/dev/null)" = "$wanted" ]; then
        exit 0
    fi
done

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    uv=.uv/bin/uv
    if [ ! -x "$uv" ]; then
        echo "Installing uv $uv_version into .uv/ ..."
        "$python" -m venv .uv
        .uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
    fi
fi

echo "Making the environment .venv (a few minutes the first time) ..."
if [ "$kind" = test ]; then
    groups="--group dev"
else
    groups="--no-dev --inexact"
fi
"$uv" sync --frozen --quiet --python "$python" --compile-bytecode $groups
echo "$wanted" > ".venv/.made-for-$kind"
