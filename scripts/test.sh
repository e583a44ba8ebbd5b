#!/bin/sh
# test.sh: `npm test`. Installs what is missing, then runs checks and tests (scripts/test/main.ts).
#
#   npm test                     everything
#   npm test -- test/config      a part: only the test files whose path contains a word given
#
# The last line is always "N passed, N failed", whatever happened; skipped tests are listed above it.
set -u
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)

give_up() {
  echo "test: $1" >&2
  echo "0 passed, 1 failed"
  exit 1
}
trap 'give_up interrupted' INT TERM

sh "$here/setup.sh" --test || give_up "set-up failed"

node=$here/../node_modules/.bin/node
[ -x "$node" ] || node=node
cd "$here/.." || give_up "no repository"
"$node" scripts/test/main.ts "$@"
code=$?
# 0 and 1 have printed their line themselves; anything else is a runner that died.
[ "$code" -le 1 ] || give_up "the test runner ended with code $code"
exit "$code"
