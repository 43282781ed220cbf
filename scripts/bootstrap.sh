#!/bin/sh
# Make the environment .venv: scripts/bootstrap.sh run|test. Does nothing where it is up to date.
set -eu

kind=${1:-run}
uv_version=0.13.9
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE

# The environment for tests has all that the one to run has. A stamp says what either was made from.
inputs=$(cat uv.lock pyproject.toml packages/*/pyproject.toml packages/*/src/*/*.py | cksum)
for stamp in ".venv/.made-for-$kind" .venv/.made-for-test; do
    if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$inputs" ]; then exit 0; fi
done

fail() {
    echo "$1" >&2
    exit 1
}

find_python() {
    for name in python3.11 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python=$(find_python)
[ -n "$python" ] || fail "Python 3.11 is needed, and none was found as python3.11, python3 or python: install it first."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    uv=.uv/bin/uv
    if [ ! -x "$uv" ]; then
        echo "Installing uv $uv_version into .uv/ ..."
        "$python" -m venv .uv ||
            fail "Python's venv module is missing: install it (on Debian the package python3.11-venv), or install uv."
        .uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" ||
            fail "uv could not be installed: check the network, or install uv yourself."
    fi
fi

echo "Making the environment .venv (a few minutes the first time) ..."
case $kind in
    test) groups="--group dev" ;;
    *) groups="--no-dev --inexact" ;;
esac
# shellcheck disable=SC2086 # the groups are several words
"$uv" sync --frozen --quiet --python "$python" --compile-bytecode $groups ||
    fail "The environment could not be made: see above; after a network failure just run the same command again."
echo "$inputs" > ".venv/.made-for-$kind"
