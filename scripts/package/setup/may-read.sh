#!/bin/sh
# may-read.sh VERSION: can the version beside this script read the data that is here?
#
# The keeper writes data.json: the format it wrote, and the newest version that ever wrote. A format above
# this version's own (setup/data-format) is another's. Silent; exit code 0 = yes.
set -u
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
stamp=/var/lib/sill/house/data.json
[ -e "$stamp" ] || exit 0
format=$(sed -n 's/.*"format":\([0-9]*\).*/\1/p' "$stamp")
[ "${format:-0}" -le "$(cat "$here/data-format")" ]
