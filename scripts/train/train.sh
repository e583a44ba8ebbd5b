#!/bin/sh
# From the labelled pictures to the two files that ship: train.sh [all|free] [folder]. One thread, about an hour and a half.
# Needs Debian's python3-torch, python3-numpy, python3-opencv, python3-onnx, and ../shared/traindata.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
which=${1:-all}
out=${2:-$here/../../.cache/train-$which}
python=${SILL_PYTHON:-/usr/bin/python3}
mkdir -p "$out"
[ -f "$out/porch/porch80.csv" ] || node "$here/porch.ts" "$out/porch"
"$python" "$here/train.py" --data "$which" --seed 1 --porch "$out/porch" --out "$out/first" --steps 6300
"$python" "$here/train.py" --data "$which" --seed 2 --porch "$out/porch" --out "$out/second" --from "$out/first/net.pt" --steps 297 --rate 8e-4
"$python" "$here/train.py" --data "$which" --seed 3 --porch "$out/porch" --out "$out/third" --from "$out/second/net.pt" --steps 3600 --rate 1e-3
"$python" "$here/ship.py" "$out/third/net.pt" "$out/shipped"
"$python" "$here/evaluate.py" "$out/shipped/sill-what.onnx" --porch "$out/porch" --full | tee "$out/figures.json"
