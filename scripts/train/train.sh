#!/bin/sh
# From the labelled pictures to the two files that ship: train.sh [all|free] [folder] [share]. One thread, about two hours;
# share: of the steps, such as 0.2 to see whether it runs and what a change is worth.
# Needs Debian's python3-torch, python3-numpy, python3-opencv, python3-onnx, and ../shared/traindata.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
which=${1:-all}
out=${2:-$here/../../.cache/train-$which}
share=${3:-1}
python=${SILL_PYTHON:-/usr/bin/python3}
steps() { "$python" -c "print(max(20, round($1 * $share)))"; }
train() {
  stage=$1 steps=$(steps "$2")
  shift 2
  "$python" "$here/train.py" --data "$which" --seed "$stage" --porch "$out/porch" --out "$out/$stage" --steps "$steps" "$@"
}
mkdir -p "$out"
[ -f "$out/porch/porch80.csv" ] || node "$here/porch.ts" "$out/porch"
train 1 6300 --rate 2.5e-3
train 2 297 --rate 8e-4 --size 64 --from "$out/1/net.pt"
train 3 3600 --rate 1e-3 --size 64 --from "$out/2/net.pt"
train 4 7000 --stop "$(steps 4500)" --rate 1e-3 --from "$out/3/net.pt"
"$python" "$here/average.py" "$out/net.pt" "$out/3/net.pt" "$out/4/net.pt"
"$python" "$here/ship.py" "$out/net.pt" "$out/shipped"
"$python" "$here/evaluate.py" "$out/shipped/sill-what.onnx" --porch "$out/porch" --full | tee "$out/figures.json"
