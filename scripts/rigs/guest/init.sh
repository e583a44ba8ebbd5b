#!/bin/sh
# init.sh: PID 1 of the guest, inside the overlay. Prepares /dev and /sys, wires the simulated lines,
# runs the command (or systemd, which runs it as a unit), and ends the guest.
#
# The control folder is shared with this machine: what to run comes from it, output and exit status
# go there.
set -u
control=$GUEST_CONTROL
# Never on a real machine: the last thing that is done here is to switch it off.
grep -qwF "GUEST_CONTROL=$control" /proc/cmdline || exit 1

mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
mount -t configfs configfs /sys/kernel/config
mount -t debugfs debugfs /sys/kernel/debug
: >/etc/fstab # this machine's disks are not there
: >/etc/mtab 2>/dev/null
hostname guest 2>/dev/null
# Loopback up (SIOCSIFFLAGS); there is no other network. perl is essential in Debian, ip is not.
perl -e 'use Socket; my ($socket, $up) = (undef, pack("a16 s x14", "lo", 0x49));
  socket($socket, AF_INET, SOCK_DGRAM, 0) && ioctl($socket, 0x8914, $up) or die "guest: no loopback: $!\n"'

# --- the doorbell's wiring ---------------------------------------------------------------------
# A chip with the lines of the default settings; sysfs pulls them as a finger or a sensor would.
wire() {
  bank=/sys/kernel/config/gpio-sim/doorbell/bank0
  mkdir -p "$bank" || return 1
  echo 32 >"$bank/num_lines"
  echo doorbell-sim >"$bank/label"
  for line in 17=button 27=pir 22=chime 23=light; do
    mkdir "$bank/line${line%%=*}"
    echo "${line#*=}" >"$bank/line${line%%=*}/name"
  done
  echo 1 >/sys/kernel/config/gpio-sim/doorbell/live
}
wire || echo "guest: no simulated GPIO chip in this kernel" >&2

# --- the command -------------------------------------------------------------------------------
finish='
  . "$GUEST_CONTROL/env"
  cd "$GUEST_CWD" || cd /
  sh "$GUEST_CONTROL/command" >"$GUEST_CONTROL/stdout" 2>"$GUEST_CONTROL/stderr" </dev/null
  echo $? >"$GUEST_CONTROL/status.new"
  sync
  mv "$GUEST_CONTROL/status.new" "$GUEST_CONTROL/status"
  echo o >/proc/sysrq-trigger
'
printf '%s\n' "GUEST_CONTROL=$control" "export GUEST_CONTROL" "$finish" >/run/guest-command.sh

if [ -e "$control/systemd" ]; then
  # What lies in /tmp is the caller's, and deleting it in an overlay takes long.
  mkdir -p /etc/tmpfiles.d
  : >/etc/tmpfiles.d/tmp.conf
  # This machine may be a container; the guest is none, and systemd treats the two differently.
  rm -f /.dockerenv /run/.containerenv
  mkdir -p /run/systemd/system
  cat >/run/systemd/system/guest.target <<'UNIT'
[Unit]
Description=The guest's command
Requires=basic.target
After=basic.target
Wants=guest.service
AllowIsolate=yes
UNIT
  cat >/run/systemd/system/guest.service <<'UNIT'
[Unit]
Description=The guest's command
After=basic.target
[Service]
Type=exec
ExecStart=/bin/sh /run/guest-command.sh
UNIT
  # Nothing of the environment of this script is meant for systemd.
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=guest.target \
    --log-target=console --show-status=no
fi
sh /run/guest-command.sh
sleep 30
