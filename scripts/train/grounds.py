"""Other grounds for what is in a picture, so that a lawn or a hedge around something says nothing about it:
most animals of the data stand in the green, few people do.

A soft mask keeps the middle; the rest comes from a picture of "other", from painted leaves and grass, or
from any picture at all. Pictures of "other" are treated the same, so that the seam says nothing either.
"""
import cv2
import numpy as np

ANIMAL, OTHER = 2, 4


def leaves(rng, side):
    """Leaves, twigs or blades of grass in one palette, lit unevenly."""
    base = np.array([[70, 90, 40], [90, 110, 60], [50, 60, 35], [120, 110, 70], [100, 80, 55], [40, 50, 30], [150, 150, 90]])[rng.integers(7)]
    base = base * rng.uniform(0.5, 1.4)
    picture = np.empty((side, side, 3), np.uint8)
    picture[:] = np.clip(base * rng.uniform(0.3, 0.8), 0, 255)
    size, grass = rng.uniform(1, 6), rng.random() < 0.35
    for _ in range(int(rng.integers(80, 500))):
        tone = np.clip(base * rng.uniform(0.4, 1.7) + rng.normal(0, 8, 3), 0, 255).tolist()
        x, y = (int(v) for v in rng.integers(0, side, 2))
        if grass:
            cv2.line(picture, (x, y), (x + int(rng.normal(0, 4)), y - int(rng.uniform(4, 20))), tone, 1, cv2.LINE_AA)
        else:
            axes = (int(size * rng.uniform(0.5, 1.8)) + 1, int(size * rng.uniform(0.3, 1)) + 1)
            cv2.ellipse(picture, (x, y), axes, float(rng.uniform(0, 180)), 0, 360, tone, -1, cv2.LINE_AA)
    if rng.random() < 0.4:
        x, width = int(rng.integers(0, side)), int(rng.integers(1, 12))
        cv2.line(picture, (x, 0), (x + int(rng.normal(0, 10)), side), (base * rng.uniform(0.3, 1.2)).clip(0, 255).tolist(), width)
    patch = cv2.resize(rng.uniform(0.4, 1.3, (4, 4)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    picture = np.clip(picture * patch[..., None], 0, 255).astype(np.uint8)
    return cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.5))


def mask(rng, side):
    """1 in the middle, 0 around it."""
    out = np.zeros((side, side), np.float32)
    centre = (side * (0.5 + rng.normal(0, 0.03, 2))).astype(int).tolist()
    axes = (int(side * rng.uniform(0.3, 0.46)), int(side * rng.uniform(0.36, 0.5)))
    if rng.random() < 0.6:
        cv2.ellipse(out, centre, axes, 0, 0, 360, 1.0, -1)
    else:
        cv2.rectangle(out, (centre[0] - axes[0], centre[1] - axes[1]), (centre[0] + axes[0], centre[1] + axes[1]), 1.0, -1)
    return cv2.GaussianBlur(out, (0, 0), rng.uniform(1.5, 6))[..., None]


class Grounds:
    def __init__(self, rng, train):
        side = train.pictures.shape[1]
        self.pictures, self.others = train.pictures, np.flatnonzero(train.labels == OTHER)
        self.leaves = np.stack([leaves(rng, side) for _ in range(600)])
        self.masks = np.stack([mask(rng, side) for _ in range(200)])

    def ground(self, rng):
        kind = rng.random()
        if kind < 0.4:
            picture = self.leaves[rng.integers(len(self.leaves))]
        elif kind < 0.8:
            picture = self.pictures[self.others[rng.integers(len(self.others))]]
        else:
            picture = self.pictures[rng.integers(len(self.pictures))]
        return picture[:, ::-1] if rng.random() < 0.5 else picture

    def __call__(self, rng, picture, label):
        if label == OTHER and rng.random() < 0.2:
            picture = self.leaves[rng.integers(len(self.leaves))]
        # An animal that fills its picture loses its legs and ears with its ground.
        if rng.random() > (0.1 if label == ANIMAL else 0.3):
            return picture
        around = self.ground(rng)
        if label == OTHER and rng.random() < 0.5:
            # Only its rim: the middle of a picture of somebody is not "other".
            around = self.leaves[rng.integers(len(self.leaves))]
        part = self.masks[rng.integers(len(self.masks))]
        return (around + (picture.astype(np.float32) - around) * part).astype(np.uint8)
