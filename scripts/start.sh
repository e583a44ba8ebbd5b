#!/bin/sh
# start.sh: `npm start`. Installs what is missing, then runs the doorbell with the given flags.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
sh "$here/setup.sh"
exec "$here/../sill" run "$@"
