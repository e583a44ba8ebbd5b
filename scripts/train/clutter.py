"""What moves without mattering, painted over a picture: rain, an insect at the lens, lamps, a clock's
digits, a shadow, a flat change of light."""
import cv2
import numpy as np


def rain(rng, picture):
    layer = np.zeros_like(picture)
    size = picture.shape[0]
    slant = rng.normal(0, 0.25)
    for _ in range(rng.integers(3, 25)):
        x, y = rng.uniform(0, size, 2)
        length = rng.uniform(0.1, 0.6) * size
        tone = int(rng.integers(60, 200))
        cv2.line(layer, (int(x), int(y)), (int(x + slant * length), int(y + length)), (tone,) * 3, int(rng.integers(1, 3)), cv2.LINE_AA)
    layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.4, 1.5))
    return cv2.add(picture, layer)


def insect(rng, picture):
    """A bright blurred streak or blob near an infrared lamp; by day a dark blur."""
    size = picture.shape[0]
    layer = np.zeros_like(picture)
    points = np.cumsum(np.vstack([rng.uniform(0.1, 0.9, 2) * size, rng.normal(0, 0.18, (3, 2)) * size]), 0).astype(np.int32)
    tone = int(rng.integers(90, 255))
    cv2.polylines(layer, [points], False, (tone,) * 3, int(rng.integers(2, max(3, size // 6))), cv2.LINE_AA)
    layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.8, 4))
    return cv2.add(picture, layer) if rng.random() < 0.8 else cv2.subtract(picture, layer)


def lamps(rng, picture):
    """Headlights: one or two glowing discs, mostly in the dark."""
    size = picture.shape[0]
    if rng.random() < 0.7:
        picture = (picture * rng.uniform(0.1, 0.5)).astype(np.uint8)
    layer = np.zeros_like(picture)
    x, y = rng.uniform(0.1, 0.9, 2) * size
    radius = rng.uniform(0.03, 0.2) * size
    warm = np.array([255, 255 - rng.uniform(0, 40), 255 - rng.uniform(0, 90)])
    for at in range(rng.integers(1, 3)):
        cv2.circle(layer, (int(x + at * radius * rng.uniform(2.5, 5)), int(y)), int(radius) + 1, warm.tolist(), -1, cv2.LINE_AA)
    glow = cv2.GaussianBlur(layer, (0, 0), radius * rng.uniform(0.5, 2) + 0.5)
    return cv2.add(cv2.add(picture, layer if rng.random() < 0.6 else glow), glow)


def digits(rng, picture):
    size = picture.shape[0]
    text = "".join(rng.choice(list("0123456789:-/ CamM"), rng.integers(2, 7)))
    scale = rng.uniform(0.4, 1.6) * size / 64
    at = (int(rng.uniform(-0.1, 0.5) * size), int(rng.uniform(0.3, 1) * size))
    picture = picture.copy()
    font = int(rng.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX]))
    if rng.random() < 0.5:
        cv2.putText(picture, text, at, font, scale, (0, 0, 0), int(3 * scale) + 2, cv2.LINE_AA)
    cv2.putText(picture, text, at, font, scale, (int(rng.integers(200, 256)),) * 3, int(scale * 2) + 1, cv2.LINE_AA)
    return picture


def shadow(rng, picture):
    """A soft dark (or sunlit) patch with one or two straight or bent edges."""
    size = picture.shape[0]
    mask = np.zeros((size, size), np.float32)
    points = (rng.uniform(-0.3, 1.3, (rng.integers(3, 6), 2)) * size).astype(np.int32)
    cv2.fillPoly(mask, [points], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.6, 5))
    factor = rng.uniform(0.25, 0.75) if rng.random() < 0.75 else rng.uniform(1.2, 1.8)
    return np.clip(picture * (1 + (factor - 1) * mask[..., None]), 0, 255).astype(np.uint8)


def flat(rng, picture):
    """Sky, a wall, a road: one tone with a slope and some of the picture left."""
    size = picture.shape[0]
    ends = rng.uniform(0, 255, (2, 3)) * 0.3 + rng.uniform(0, 255) * 0.7
    slope = np.linspace(0, 1, size)[:, None, None]
    tone = np.broadcast_to(ends[0] * (1 - slope) + ends[1] * slope, (size, size, 3))
    if rng.random() < 0.5:
        tone = tone.transpose(1, 0, 2)
    left = rng.uniform(0, 0.4)
    return np.clip(picture * left + tone * (1 - left), 0, 255).astype(np.uint8)


KINDS = [rain, insect, lamps, digits, shadow, flat]


def clutter(rng, picture):
    return KINDS[rng.choice(len(KINDS), p=[0.15, 0.22, 0.15, 0.15, 0.23, 0.10])](rng, picture)
