"""Cuts squares out of the pictures with boxes (det320), as the eye cuts them around what moved:
varied context, shifted, sometimes only a part of somebody; and background where nobody is.

Deterministic for a seed. A square that leaves the picture repeats its edge, as the eye's does.
"""
import cv2
import numpy as np

from packs import SIDE, Pack, decode, label_index, rows_of

# Whose licence is free: licences.json. coco_mini carries a licence per picture that det320 does not name.
FREE = {"highway40", "doorbell_box"}
# Sources whose boxes name everybody in the picture, so that the rest of it is background (doorbell_box has people without one).
COMPLETE = {"highway40", "coco_mini"}


def square(picture, cx, cy, side):
    """The square around a centre, scaled to SIDE; shrinks by area, grows by interpolation."""
    x, y, side = int(round(cx - side / 2)), int(round(cy - side / 2)), max(4, int(round(side)))
    height, width = picture.shape[:2]
    left, top = max(0, -x), max(0, -y)
    right, bottom = max(0, x + side - width), max(0, y + side - height)
    inner = picture[max(0, y) : min(height, y + side), max(0, x) : min(width, x + side)]
    if inner.size == 0:
        return None
    if left or top or right or bottom:
        inner = cv2.copyMakeBorder(inner, top, bottom, left, right, cv2.BORDER_REPLICATE)
    return cv2.resize(inner, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)


def boxes_of(row):
    key = next(name for name in row if name.startswith("boxes"))
    for text in row[key].split(";"):
        parts = text.split()
        if len(parts) == 5 and label_index(parts[0]) >= 0:
            yield label_index(parts[0]), *(float(part) for part in parts[1:])


def part_of(rng, box):
    """Half of somebody, as motion often finds only what moves: above, below, left or right."""
    x, y, w, h = box
    keep = rng.uniform(0.45, 0.8)
    return [(x, y, w, h * keep), (x, y + h * (1 - keep), w, h * keep), (x, y, w * keep, h), (x + w * (1 - keep), y, w * keep, h)][
        rng.choice(4, p=[0.5, 0.2, 0.15, 0.15])
    ]


def overlap(a, b):
    """What share of b lies within a."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, w) * max(0, h) / max(1, b[2] * b[3])


def squares(seed=1, per_box=10, per_background=5, least=12):
    rng = np.random.default_rng(seed)
    rows, blob = rows_of("det320")
    out = {"pictures": [], "labels": [], "sources": [], "splits": [], "free": []}

    def add(cut, label, row):
        if cut is None:
            return
        out["pictures"].append(cut)
        out["labels"].append(label)
        out["sources"].append("det-" + row["source"])
        out["splits"].append(row["split"])
        out["free"].append(row["source"] in FREE)

    for row in rows:
        if row["split"] != "train":
            continue
        picture, boxes = decode(blob, row), list(boxes_of(row))
        for label, *box in boxes:
            if max(box[2], box[3]) < least:
                continue
            for _ in range(per_box):
                x, y, w, h = part_of(rng, box) if rng.random() < 0.25 else box
                side = max(w, h) * rng.uniform(1.0, 1.5 if row["source"] == "doorbell_box" else 2.0)
                shift = rng.uniform(-0.18, 0.18, 2) * side
                add(square(picture, x + w / 2 + shift[0], y + h / 2 + shift[1], side), label, row)
        if row["source"] not in COMPLETE:
            continue
        found = 0
        for _ in range(40):
            side = rng.uniform(20, 160)
            x, y = rng.uniform(0, picture.shape[1] - side * 0.6), rng.uniform(0, picture.shape[0] - side * 0.6)
            cut = (x, y, side, side)
            if any(overlap(cut, box) > 0.08 or overlap(box, cut) > 0.08 for _, *box in boxes):
                continue
            add(square(picture, x + side / 2, y + side / 2, side), 4, row)
            found += 1
            if found == per_background:
                break
    return Pack(np.stack(out["pictures"]), *(np.array(out[name]) for name in ("labels", "sources", "splits", "free")))
