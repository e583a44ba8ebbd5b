#!/bin/sh
# setup.sh: installs what is missing, and nothing else. Quiet when there is nothing to do.
#
#   sh scripts/setup.sh          what `npm start` needs
#   sh scripts/setup.sh --test   and what `npm test` needs besides
#   sh scripts/setup.sh --portal what `npm run portal` needs: no Debian package
#
# Three steps, each skipped when already done:
#   1. Debian packages that dpkg-query does not know as installed (apt-get, with sudo when not root)
#   2. npm ci, when package-lock.json is not the one that node_modules was made from
#   3. page and bundle (npm run build), when the sources are not the ones that they were made from
# A step that cannot be done names what is missing and the command that would do it; exit code 5.
set -eu

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
cd "$root"

run_packages="libgstreamer1.0-0 gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good
  gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav"
test_packages="chromium ffmpeg fonts-dejavu-core age strace zbar-tools postgresql
  systemd-container udev qemu-user-static libstdc++6-arm64-cross mosquitto faketime
  gstreamer1.0-alsa espeak-ng"

packages=$run_packages
[ "${1:-}" = "--test" ] && packages="$packages $test_packages"
[ "${1:-}" = "--portal" ] && packages=""

say() { echo "setup: $*" >&2; }
stop() {
  say "$1"
  [ $# -lt 2 ] || echo "hint: $2" >&2
  exit 5
}

# Inside `npm start` the bundled Node comes first in PATH, but npm ci replaces it: use the system's.
PATH=$(printf '%s' "$PATH" | tr ':' '\n' | grep -v 'node_modules' | paste -sd: -)
export PATH

# --- Node and npm -------------------------------------------------------------------------------

check_node() {
  command -v node >/dev/null 2>&1 || stop "needs Node 20 or newer and npm" "apt-get install nodejs npm"
  command -v npm >/dev/null 2>&1 || stop "needs npm" "apt-get install npm"
  major=$(node --version | sed 's/^v//; s/\..*//')
  [ "$major" -ge 20 ] || stop "needs Node 20 or newer, found $(node --version)" "install a newer nodejs"
}

# --- Debian packages ----------------------------------------------------------------------------

missing_packages() {
  for package in $packages; do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) in
      installed*) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

has_gstreamer() {
  for libraries in $(ldconfig -p 2>/dev/null | sed -n 's/.*=> //p' | grep 'libgstapp-1\.0\.so\.0'); do
    [ -e "$libraries" ] && return 0
  done
  return 1
}

install_packages() {
  [ -n "$packages" ] || return 0
  if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    has_gstreamer && return 0
    stop "this is not Debian: install GStreamer 1.22 or newer with its base, good, bad, ugly and libav plugins" \
      "on Debian 12 the packages are: $(echo $packages)"
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null 2>&1 || stop "missing Debian packages:$missing" "as root: apt-get install$missing"
  fi
  say "installing Debian packages:$missing"
  # A machine that has just booted is often updating itself: wait for it.
  apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
  $apt update >&2 ||
    say "apt-get update failed; trying with the package lists that are here"
  $apt -y -o Dpkg::Use-Pty=0 --no-install-recommends install $missing >&2 || true
  missing=$(missing_packages)
  [ -z "$missing" ] || stop "could not install:$missing" "$as_root apt-get update && $as_root apt-get install$missing"
}

# --- npm tree -----------------------------------------------------------------------------------

hash_of() { sha256sum | cut -d' ' -f1; }

install_npm_tree() {
  stamp=node_modules/.sill-setup
  wanted=$(hash_of <package-lock.json)
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return 0
  say "installing npm packages (npm ci)"
  # Whatever NODE_ENV says: the page is built with development packages, Node itself is an optional one.
  npm ci --include=dev --include=optional --loglevel=error --no-audit --no-fund >&2 ||
    stop "npm ci failed" "npm ci   (in $root; needs the npm registry)"
  echo "$wanted" >"$stamp"
}

# --- page and bundle ----------------------------------------------------------------------------

sources_hash() {
  {
    find web portal -path '*/dist' -prune -o -type f -print
    find daemon config hal -name '*.ts' -type f
    echo package-lock.json
    printf '%s\n' scripts/bundle.ts scripts/generate.ts scripts/kernel-code.ts
  } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum | hash_of
}

build() {
  stamp=web/dist/.stamp
  wanted=$(sources_hash)
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return 0
  say "building the page and the bundle"
  build_log=$(npm run --silent build 2>&1) || {
    echo "$build_log" >&2
    stop "the page or the bundle could not be built" "npm run build"
  }
  echo "$wanted" >"$stamp"
}

# --- one at a time ------------------------------------------------------------------------------

check_node
mkdir -p .cache 2>/dev/null || true
# Who may not write here can still start what others have set up.
if command -v flock >/dev/null 2>&1 && (: >>.cache/setup.lock) 2>/dev/null; then
  exec 9>.cache/setup.lock
  flock 9
fi
install_packages
install_npm_tree
build
