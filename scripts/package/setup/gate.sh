#!/bin/sh
# gate.sh: watches a version that was just installed; one that does not stay well gives way to the one before.
#
# Runs as sill-gate.service after an upgrade, and again after a restart of the machine in the middle of it.
# Well means: keeper, eye and courier are active (each has said READY, and its watchdog is content), none
# was started again meanwhile, and the camera is seen when it was seen before. A unit that was not well before
# the upgrade is not asked. Shell only: a version whose Node does not run must still be found out.
#
#   /var/lib/sill-versions/pending    NEW PREVIOUS SEEN BROKEN, written by the package before the switch:
#                                     seen or unseen; units that were broken, with commas, or -
#   SILL_GATE_S                       how long it must stay well; 120
#   SILL_GATE_START_S                 in how many seconds of not being well it is given up; 120
set -u
state=/var/lib/sill-versions
root=/usr/lib/sill
units="sill-keeper.service sill-eye.service sill-courier.service"
gate_s=${SILL_GATE_S:-120}
start_s=${SILL_GATE_START_S:-120}
# what was started again so often does not run
most_restarts=6

say() { echo "sill: $*"; }
forget() {
  rm -f "$state/pending"
  exit "$1"
}

read -r new previous seen broken <"$state/pending" || forget 0
# The power went between the switch to a version and the file that says so, in either direction.
running=$(basename "$(readlink "$root/current")")
if [ "$running" != "$new" ]; then
  say "$running runs and not $new, which was to be watched; there is nothing to watch"
  forget 0
fi
if ! systemctl is-enabled --quiet sill.target; then
  say "sill.target is disabled; nothing is started and nothing watched"
  forget 0
fi
asked=
for unit in $units; do
  case ,$broken, in
    *,"$unit",*) say "$unit was not well before the upgrade; it is not asked" ;;
    *) asked="$asked $unit" ;;
  esac
done
units=$asked
value() { systemctl show -P "$2" "$1"; }

restarts() { for unit in $units; do value "$unit" NRestarts; done | awk '{ n += $1 } END { print n + 0 }'; }
trouble() {
  for unit in $units; do
    [ "$(value "$unit" ActiveState)" = active ] || { echo "$unit is $(value "$unit" ActiveState)"; return; }
  done
  [ "$seen" != seen ] || value sill-eye.service StatusText | grep -q '^sees ' ||
    echo "the camera is not seen any more ($(value sill-eye.service StatusText))"
}

say "$new is watched for $gate_s s; ${previous:-nothing} is kept meanwhile"
well_s=0 waited_s=0 before=$(restarts) why=
first=$before
while [ "$well_s" -lt "$gate_s" ]; do
  sleep 1
  now=$(restarts)
  why=$(trouble)
  [ "$now" = "$before" ] || why="its processes ended and were started again, $((now - first)) times"
  if [ -z "$why" ]; then
    well_s=$((well_s + 1))
  else
    well_s=0 before=$now waited_s=$((waited_s + 1))
    [ "$waited_s" -lt "$start_s" ] && [ $((now - first)) -lt "$most_restarts" ] || break
  fi
done

if [ "$well_s" -ge "$gate_s" ]; then
  say "$new has stayed well for $gate_s s"
  echo "$new" >"$state/good"
  rm -f "$state/pending" "$state/rolled-back"
  for kept in "$root"/versions/*; do
    case ${kept##*/} in "$new" | "$previous") ;; *) rm -rf "$kept" ;; esac
  done
  exit 0
fi

say "$new did not stay well: $why"
if [ "$previous" = - ] || [ ! -x "$root/versions/$previous/bin/node" ]; then
  say "there is no version before it to go back to; it is left running"
  forget 1
fi
if ! "$root/versions/$previous/setup/may-read.sh" "$previous"; then
  say "$new has changed the data, and $previous could not read it; $new is left running"
  forget 1
fi
echo "$new did not stay well: $why; $previous runs again since $(date -u +%Y-%m-%dT%H:%MZ)" >"$state/rolled-back" ||
  say "the disk takes no note of it"
if ! "$root/versions/$previous/setup/switch.sh" "$previous"; then
  say "$previous could not be put back (is the disk full, or read-only?); tried again at the next start of the machine"
  exit 1
fi
systemctl reset-failed sill-setup.service sill-keeper.service sill-eye.service sill-courier.service
systemctl restart --no-block sill-setup.service sill.target
say "$previous runs again; send the report: journalctl -u 'sill-*' -b (sill selftest says more)"
forget 1
