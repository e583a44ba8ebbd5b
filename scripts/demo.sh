#!/bin/sh
# demo.sh: `npm run demo`. Installs what is missing, then plays the whole story (scripts/demo/README.md).
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
sh "$here/setup.sh" --test
node=$here/../node_modules/.bin/node
[ -x "$node" ] || node=node
exec "$node" "$here/demo/main.ts" "$@"
