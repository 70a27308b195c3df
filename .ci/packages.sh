#!/bin/sh
# Debian packages that the browser tests need: Chromium, and a font with every French character.
# Does nothing where they are there already, where there is no apt, or without root.
set -eu

if command -v chromium >/dev/null 2>&1 && [ -d /usr/share/fonts/truetype/dejavu ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "packages.sh: no apt-get or not root; browser tests will be skipped without Chromium" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-dejavu
