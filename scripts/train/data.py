"""What a run trains on: the pools of pictures by (class, source), and how often each is drawn.

`free`: pictures whose licence lets anybody ship what was made of them, and the simulated porch's.
`all`: the others too (README.md and the model card say which, and why).
"""
import os

import numpy as np

import above
from packs import LABELS, Pack, crops
from squares import squares

CLASS_SHARE = {"person": 0.27, "vehicle": 0.19, "animal": 0.19, "parcel": 0.08, "other": 0.27}
# The second stage: what the first took for somebody too often, or for nothing.
SECOND_SHARE = {"person": 0.22, "vehicle": 0.17, "animal": 0.21, "parcel": 0.08, "other": 0.32}
# Within a class; what a run has not is left out and the rest scaled up.
SOURCE_SHARE = {
    "person": {"inria_pos": 0.24, "coco_mini": 0.18, "det-coco_mini": 0.28, "highway40": 0.10, "det-highway40": 0.12, "porch": 0.08},
    "vehicle": {"carnd": 0.14, "highway40": 0.20, "det-highway40": 0.20, "tinyimagenet": 0.24, "coco_mini": 0.05, "det-coco_mini": 0.11, "porch": 0.06, "above": 0.12},
    "animal": {"tinyimagenet": 0.72, "coco_mini": 0.09, "det-coco_mini": 0.14, "porch": 0.05},
    "parcel": {"doorbell_box": 0.50, "det-doorbell_box": 0.42, "porch": 0.08},
    "other": {"highway40": 0.18, "coco_mini": 0.17, "cctv0": 0.19, "tinyimagenet": 0.12, "carnd": 0.08, "det-highway40": 0.08,
              "det-coco_mini": 0.11, "porch": 0.07, "above": 0.04},
}


def join(packs):
    return Pack(*(np.concatenate([getattr(pack, field) for pack in packs]) for field in ("pictures", "labels", "sources", "splits", "free")))


def load(which, porch=None, second=False):
    """-> (train, val): porch = the folder of the simulated porch's crops (porch.ts), if made."""
    packs = [crops(splits=["train"]), squares()]
    if porch and os.path.exists(os.path.join(porch, "porch80.csv")):
        packs.append(crops("porch80", porch, ["train"]))
    if second:
        packs.append(from_above())
    train = join(packs)
    train = train.where(train.labels >= 0)
    if which == "free":
        train = train.where(train.free)
    return train, crops(splits=["val"])


def from_above(seed=3, vehicles=1500, grounds=400):
    """Painted vehicles, and painted asphalt as "other"."""
    rng = np.random.default_rng(seed)
    pictures = [above.vehicle(rng) for _ in range(vehicles)] + [above.ground(rng) for _ in range(grounds)]
    count = len(pictures)
    labels = np.array([1] * vehicles + [4] * grounds)
    return Pack(np.stack(pictures), labels, np.array(["above"] * count), np.array(["train"] * count), np.ones(count, bool))


class Sampler:
    def __init__(self, train, classes=CLASS_SHARE):
        self.pools = []
        shares = []
        for label, name in enumerate(LABELS):
            found = {source: np.flatnonzero((train.labels == label) & (train.sources == source)) for source in SOURCE_SHARE[name]}
            found = {source: pool for source, pool in found.items() if len(pool) > 0}
            whole = sum(SOURCE_SHARE[name][source] for source in found)
            for source, pool in found.items():
                self.pools.append(pool)
                shares.append(classes[name] * SOURCE_SHARE[name][source] / whole)
        self.shares = np.array(shares) / sum(shares)

    def draw(self, rng, count):
        which = rng.choice(len(self.pools), count, p=self.shares)
        return np.array([self.pools[pool][rng.integers(len(self.pools[pool]))] for pool in which])
