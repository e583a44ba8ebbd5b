#!/bin/sh
# switch.sh VERSION: which of the versions in /usr/lib/sill/versions runs.
#
# `current` is one symbolic link, replaced by one rename: after a power cut it is the old or the new.
# The units that systemd reads are links through it (see README.md), so they change with it.
set -eu
root=/usr/lib/sill
[ -x "$root/versions/$1/bin/node" ] || {
  echo "sill: version $1 is not here; there are: $(ls "$root/versions" 2>/dev/null | paste -sd' ')" >&2
  exit 3
}
ln -sfn "versions/$1" "$root/current.new"
sync -f "$root"
mv -T "$root/current.new" "$root/current"
sync -f "$root"
# the switch is made: systemd that is too busy to look must not make it look like a failure
if [ -d /run/systemd/system ]; then systemctl daemon-reload || echo "sill: systemd did not read the units again; it does at the next boot" >&2; fi
