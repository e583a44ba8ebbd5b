#!/bin/sh
# namespace.sh: PID 1 of a PID and mount namespace of this machine, in which the guest's kernel runs.
#
#   namespace.sh CONTROL-FOLDER RAM-FOLDER KERNEL ARG...
#
# Why: a User-Mode Linux kernel that is killed leaves the processes it traced running, as ordinary
# processes of this machine. Here they end with PID 1 of their namespace, all at once. And the
# guest's root is this machine's file system: everything is made read-only for it, except the
# control folder, the folder of its memory, and the paths in CONTROL-FOLDER/writable.
set -eu
control=$1 ram=$2
shift 2
say() { echo "guest: $*" >&2; }

mount --make-rprivate /
{ echo "$control" && echo "$ram" && cat "$control/writable"; } >"$control/kept"
while IFS= read -r path; do
  mount --bind "$path" "$path"
done <"$control/kept"

# Every mount there is, deepest last; mountinfo writes a space as \040.
awk '{ print $5 }' /proc/self/mountinfo | while IFS= read -r mounted; do
  path=$(printf '%b' "$(printf '%s' "$mounted" | sed 's/\\\([0-7][0-7][0-7]\)/\\0\1/g')")
  grep -qxF -- "$path" "$control/kept" && continue
  case $path in /proc | /proc/* | /dev | /dev/pts) continue ;; esac
  mount -o remount,bind,ro "$path" 2>/dev/null && continue
  # A mount that is hidden below another one, or gone, cannot be reached and needs no lock.
  mountpoint -q "$path" 2>/dev/null || continue
  [ -w "$path" ] || continue
  say "cannot make $path read-only"
  exit 1
done

cd /
TMPDIR=$ram exec "$@"
