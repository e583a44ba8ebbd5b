#!/bin/sh
# check.sh: what must be there before a unit of Sill starts, as root (sill-setup.service).
#
# Folders that are missing are made again; what cannot be made is said, and then nothing starts:
# no process of the house runs as somebody else, or writes where nobody looks.
set -u
ok=yes
missing() {
  echo "sill: $1" >&2
  echo "hint: $2" >&2
  ok=no
}

for user in sill-keeper sill-eye sill-courier sill-rtsp; do
  getent passwd "$user" >/dev/null ||
    missing "there is no user $user" "systemd-sysusers /usr/lib/sysusers.d/sill.conf && systemctl restart sill.target"
  [ "$(id -u "$user" 2>/dev/null)" != 0 ] ||
    missing "the user $user is root" "take it out of /etc/passwd and let systemd-sysusers make it again"
done
[ -r /etc/sill/sill.yaml ] ||
  missing "there are no settings /etc/sill/sill.yaml" "apt-get install --reinstall -o Dpkg::Options::=--force-confmiss sill"
if [ "$ok" = yes ]; then
  systemd-tmpfiles --create /usr/lib/tmpfiles.d/sill.conf ||
    missing "the folders of Sill could not be made" "is the disk full, or read-only? (df -h /var/lib; mount)"
  for pair in sill-keeper:/var/lib/sill/house sill-eye:/var/lib/sill/eye; do
    folder=${pair#*:}
    [ "$(stat -c %U "$folder" 2>/dev/null)" = "${pair%%:*}" ] ||
      missing "$folder belongs to $(stat -c %U "$folder" 2>/dev/null || echo nobody), not to ${pair%%:*}" \
        "the user was made anew? chown -R ${pair%%:*} $folder"
  done
fi
# Raspberry Pi OS boots without them. Not a reason to stay down.
if [ -r /sys/fs/cgroup/cgroup.controllers ] && ! grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
  echo "sill: this kernel holds nobody to a memory limit (MemoryMax=, MemorySwapMax=)" >&2
  echo "hint: add cgroup_enable=memory to the line in /boot/firmware/cmdline.txt and restart the machine" >&2
fi
[ "$ok" = yes ] || exit 6
