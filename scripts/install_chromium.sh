#!/bin/sh
# Make sure that the browser tests find Chromium; does nothing where there is one.
set -eu

if [ -n "${JMO_CHROMIUM:-}" ]; then
    if [ -x "$JMO_CHROMIUM" ]; then exit 0; fi
    echo "JMO_CHROMIUM=$JMO_CHROMIUM can't be run: give the path of Chromium or Chrome" >&2
    exit 1
fi

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done

fail() {
    echo "The browser tests need Chromium, and $1." >&2
    echo "Install Chromium or Chrome, or set JMO_CHROMIUM to the path of one." >&2
    exit 1
}

command -v apt-get >/dev/null || fail "there is no apt-get to install it with"
as_root=""
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || fail "only root may install it"
    as_root="sudo -n"
fi

echo "Installing Chromium for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    fail "apt-get could not install it"
fi
