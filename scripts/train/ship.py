"""Makes the two files that ship: `ship.py NET.pt FOLDER` writes sill-what.onnx (whole numbers) and sill-what.json.

Temperature and thresholds come from the val split, measured on the very file: never from motion80.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx
import torch

import data
import evaluate
import export
import fold
from packs import LABELS

CONTEXT = 1.4
WORDS = {
    "all": "By Sill, scripts/train, seeds 1 to {seed}: coco_mini, highway40, inria_pos, carnd, tinyimagenet, cctv0, doorbell_box and the "
    "simulated porch. Not all of these are under free licences: models/shipped/README.md argues why the weights are shipped.",
    "free": "By Sill, scripts/train, seeds 1 to {seed}: highway40, doorbell_box, the freely licensed part of coco_mini and the simulated porch.",
}


def balanced(pack):
    """Every (label, source) of the split counts the same within its label, every label the same."""
    weights = np.zeros(len(pack.labels))
    for label in range(len(LABELS)):
        sources = sorted(set(pack.sources[pack.labels == label]))
        for source in sources:
            there = (pack.labels == label) & (pack.sources == source)
            weights[there] = 1 / (len(sources) * there.sum())
    return weights / weights.sum()


def temperature_of(scores, labels, weights):
    """What divides the scores so that the likelihood of the labels is greatest."""
    candidates = np.exp(np.linspace(np.log(0.3), np.log(3), 200))
    losses = [-(weights * evaluate.log_softmax(scores / t)[np.arange(len(labels)), labels]).sum() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def thresholds_of(logs, labels, weights):
    """For each label the score from which on its F1 is best; what scores less is not heard."""
    found, score = logs.argmax(1), np.exp(logs.max(1))

    def f1(label, cut):
        heard = (found == label) & (score >= cut)
        both = (weights * (heard & (labels == label))).sum()
        return 2 * both / (weights[heard].sum() + weights[labels == label].sum())

    cuts = np.arange(0.3, 0.71, 0.05)
    result = {name: round(float(max(cuts, key=lambda cut: f1(label, cut))), 2) for label, name in enumerate(LABELS)}
    # Nothing is gained by not hearing "nothing that matters".
    return result | {"other": 0}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("net")
    parser.add_argument("folder")
    args = parser.parse_args()
    torch.manual_seed(1)
    saved = torch.load(args.net)
    trained = saved["args"]
    net = evaluate.load_net(args.net)
    train, val = data.load(trained["data"], trained["porch"])
    pictures = export.calibration(train)
    found = fold.ranges(fold.plan(net)[0], pictures)
    path = os.path.join(args.folder, "sill-what.onnx")
    os.makedirs(args.folder, exist_ok=True)
    onnx.save(export.build(net, found), path)
    weights = balanced(val)
    scores = evaluate.of_file(path, raw=True)(val.pictures)
    temperature = temperature_of(scores, val.labels, weights)
    onnx.save(export.build(net, found, temperature), path)
    thresholds = thresholds_of(evaluate.log_softmax(scores / temperature), val.labels, weights)
    with open(path, "rb") as file:
        blob = file.read()
    manifest = {
        "format": 1,
        "name": "sill-what",
        "file": "sill-what.onnx",
        "sha256": hashlib.sha256(blob).hexdigest(),
        "bytes": len(blob),
        "licence": "Apache-2.0; trained partly on pictures given for research: models/shipped/README.md",
        "trained": WORDS[trained["data"]].format(seed=trained["seed"]),
        "task": "classify",
        "input": {"name": "image", "width": export.SIZE, "height": export.SIZE, "channels": "rgb", "layout": "nchw", "type": "float32", "fit": "square", "context": CONTEXT},
        "output": {"decode": "softmax", "name": "scores", "logits": True},
        "labels": LABELS,
        "map": {label: label for label in LABELS},
        "thresholds": thresholds,
    }
    with open(os.path.join(args.folder, "sill-what.json"), "w") as file:
        file.write(json.dumps(manifest, indent=2) + "\n")
    print(json.dumps({"bytes": len(blob), "temperature": round(temperature, 3), "thresholds": thresholds}))


if __name__ == "__main__":
    main()
