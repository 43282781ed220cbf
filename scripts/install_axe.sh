#!/bin/sh
# Fetch axe-core, with which the browser tests check accessibility, into .cache/; does nothing where it is.
set -eu

version=4.14.1
cd "$(dirname "$0")/.."
target=.cache/axe-core-$version.min.js
if [ -s "$target" ]; then exit 0; fi

if ! command -v npm >/dev/null; then
    echo "The accessibility tests need axe-core $version, and npm is missing." >&2
    echo "Install npm, or put the package's axe.min.js at $target." >&2
    exit 1
fi

echo "Fetching axe-core $version for the accessibility tests ..."
mkdir -p .cache
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! npm pack --silent --pack-destination "$folder" "axe-core@$version" >/dev/null; then
    echo "npm could not fetch axe-core $version: check the network and the registry of npm, then try again." >&2
    exit 1
fi
tar -xzf "$folder/axe-core-$version.tgz" -C "$folder" package/axe.min.js
mv "$folder/package/axe.min.js" "$target"
