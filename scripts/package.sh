#!/bin/sh
# package.sh: `npm run package`. Installs what is missing, then builds the Debian packages (scripts/package/).
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
sh "$here/setup.sh"
exec "$here/../node_modules/.bin/node" "$here/package/main.ts" "$@"
