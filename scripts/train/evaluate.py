"""Measures a model: `evaluate.py MODEL.onnx|NET.pt [--porch DIR] [--full]`; one JSON object on stdout.

On what really moved (motion80, never trained on) by crop and by track, on the test split of crops80, and with
--full on the val split under day, night, rain and from afar, on the porch's crops and against OpenCV's HOG.
"""
import argparse
import json
import subprocess
import tempfile

import cv2
import numpy as np

import conditions
import metrics
import packs
import tracks
from net import SIZE
from packs import HERE, LABELS, label_index


def inputs(pictures, size=SIZE):
    return np.stack([cv2.resize(p, (size, size), interpolation=cv2.INTER_AREA) for p in pictures]).transpose(0, 3, 1, 2)


def log_softmax(scores):
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def of_net(net, size=SIZE):
    """A scorer: pictures -> log-probabilities."""
    import torch

    def score(pictures):
        out = []
        with torch.no_grad():
            for at in range(0, len(pictures), 256):
                batch = torch.from_numpy(inputs(pictures[at : at + 256], size).astype(np.float32)).contiguous()
                out.append(net(batch).numpy())
        return log_softmax(np.concatenate(out))

    return score


def of_file(path, size=SIZE, times=None, raw=False):
    """The same of an ONNX file; raw: its scores as they are."""

    def score(pictures):
        with tempfile.TemporaryDirectory() as folder:
            inputs(pictures, size).tofile(f"{folder}/in.bin")
            command = ["node", f"{HERE}/infer.ts", path, f"{folder}/in.bin", f"{folder}/out.bin"]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            if times is not None:
                times.append(json.loads(said)["ms"])
            scores = np.fromfile(f"{folder}/out.bin", np.float32).reshape(len(pictures), -1)
            return scores if raw else log_softmax(scores)

    return score


class Motion:
    """motion80, decoded, with its tracks; only the labelled ones."""

    def __init__(self):
        rows, blob = packs.rows_of("motion80")
        self.rows = [row for row in rows if label_index(row["label"]) >= 0]
        self.pictures = np.stack([packs.decode(blob, row) for row in self.rows])
        self.labels = np.array([label_index(row["label"]) for row in self.rows])
        self.tracks = tracks.tracks_of(self.rows)
        self.sides = np.array([max(float(row["w"]), float(row["h"])) for row in self.rows])

    def measure(self, score):
        logs, labels = score(self.pictures), self.labels
        found, running = logs.argmax(1), tracks.running(logs, self.tracks)
        ends = np.array([running[members[-1]].argmax() for members in self.tracks])
        truth = np.array([np.bincount(labels[members]).argmax() for members in self.tracks])
        person = labels == 0
        by_clip = {}
        for row, label, says in zip(self.rows, labels, found):
            by_clip.setdefault(f"{row['clip'][:10]}/{LABELS[label]}", []).append(label == says)
        return {
            "personF1": metrics.f1(person, found == 0),
            "personRecallAt5": metrics.recall_at(person, logs[:, 0]),
            "personAuc": metrics.area(person, logs[:, 0]),
            "recall": metrics.recalls(labels, found),
            "macro": metrics.macro(metrics.recalls(labels, found)),
            "runningMacro": metrics.macro(metrics.recalls(labels, running.argmax(1))),
            "runningPersonF1": metrics.f1(person, running.argmax(1) == 0),
            "track": metrics.recalls(truth, ends),
            "trackMacro": metrics.macro(metrics.recalls(truth, ends)),
            "tracks": len(ends),
            "near": metrics.recalls(labels[self.sides >= 100], found[self.sides >= 100]),
            "far": metrics.recalls(labels[self.sides < 100], found[self.sides < 100]),
            "clips": {clip: round(float(np.mean(right)), 2) for clip, right in by_clip.items()},
        }


def split_measure(score, pack):
    """Recall by source and label, precision by label."""
    found = score(pack.pictures).argmax(1)
    by_source = {}
    for source, label, says in zip(pack.sources, pack.labels, found):
        by_source.setdefault(f"{source}/{LABELS[label]}", []).append(label == says)
    return {
        "recall": metrics.recalls(pack.labels, found),
        "precision": metrics.precisions(pack.labels, found),
        "sources": {source: round(float(np.mean(right)), 3) for source, right in sorted(by_source.items())},
    }


_kept = {}


def brief(net, val):
    """While training: the val split, and motion80 to look at (nothing is chosen by it)."""
    net.eval()
    score = of_net(net)
    if not _kept:
        _kept.update(motion=Motion(), test=packs.crops(splits=["test"]))
    return {"val": split_measure(score, val)["recall"], "motion": _kept["motion"].measure(score), "test": split_measure(score, _kept["test"])["sources"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--porch")
    parser.add_argument("--full", action="store_true")
    args = parser.parse_args()
    times = []
    if args.model.endswith(".pt"):
        score = of_net(load_net(args.model))
    else:
        score = of_file(args.model, times=times)
    result = {"motion": Motion().measure(score)}
    result["test"] = split_measure(score, packs.crops(splits=["test"]))
    if args.full:
        val = packs.crops(splits=["val"])
        result["val"] = {"day": split_measure(score, val), "calibrationError": metrics.calibration_error(val.labels, score(val.pictures))}
        for name in ("night", "rain", "far"):
            worse = packs.Pack(conditions.under(name, val.pictures), val.labels, val.sources, val.splits, val.free)
            result["val"][name] = split_measure(score, worse)["recall"]
        if args.porch:
            result["porch"] = split_measure(score, packs.crops("porch80", args.porch, ["val"]))
    if times:
        result["ms"] = round(float(np.median(times)), 3)
    print(json.dumps(result, indent=1))


def load_net(path):
    import torch

    from net import Net

    torch.set_num_threads(1)
    net = Net()
    net.load_state_dict(torch.load(path)["net"])
    return net.eval()


if __name__ == "__main__":
    main()
