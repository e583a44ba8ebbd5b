#!/bin/sh
# stage1.sh: first program of the guest. Root is this machine's file system, read-only (hostfs).
#
# Puts an overlay in memory on it, so that the guest may write wherever it likes and nothing of it
# is kept; mounts what is shared with this machine; hands over to init.sh inside the overlay.
set -eu
mount -t proc proc /proc
control=$GUEST_CONTROL

base=/mnt
mount -t tmpfs tmpfs "$base"
cd "$base"
mkdir lower upper work root
mount -t hostfs -o ro,/ none lower
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay root
root=$base/root

mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/run"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t devtmpfs devtmpfs "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
{ echo "$control" && cat "$control/shares"; } >mounts
while IFS= read -r path; do
  mkdir -p "$root$path"
  mount -t hostfs -o "$path" none "$root$path"
done <mounts

# The overlay becomes the root of the mount namespace, and not only of this process: in a mere chroot
# the kernel refuses user namespaces, and with them every unit with PrivateUsers=.
cd "$root"
mount --no-mtab --move . /
exec chroot . /bin/sh "$control/init.sh"
