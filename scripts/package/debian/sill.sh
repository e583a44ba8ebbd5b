#!/bin/sh
# sill: the version that runs on this machine, with the settings of this machine unless others are named.
app=/usr/lib/sill/current/bin/sill
if [ ! -x "$app" ]; then
  echo "sill: the package is unpacked and not set up" >&2
  echo "hint: sudo dpkg --configure -a" >&2
  exit 5
fi
export SILL_CONFIG="${SILL_CONFIG:-/etc/sill/sill.yaml}"
exec "$app" "$@"
