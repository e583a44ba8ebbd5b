#!/bin/sh
# sill: this version's Node on this version's bundle.
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P) || exit 5
exec "$here/node" --disable-warning=ExperimentalWarning "$here/../lib/sill/main.js" "$@"
