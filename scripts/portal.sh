#!/bin/sh
# portal.sh: `npm run portal`. Installs what is missing, then runs the portal or one of its commands.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
sh "$here/setup.sh" --portal
PATH=$(dirname "$here")/node_modules/.bin:$PATH
case $(uname -m) in
  aarch64) arch=arm64 ;;
  *) arch=x64 ;;
esac
node=$(dirname "$here")/node_modules/node-linux-$arch/bin/node
[ -x "$node" ] || node=node
exec "$node" "$here/../portal/main.ts" "$@"
