"""Makes a clean crop look like what a motion detector cuts out of a doorbell's picture.

Geometry, blur, encoding, light: per picture, OpenCV on bytes, a third of a millisecond.
What is painted over pictures of "other" (rain, insects, lamps, digits, shadows) is sometimes painted
over somebody too, so that the painting itself says nothing.
"""
import cv2
import numpy as np

from clutter import clutter
from grounds import Grounds

OTHER, VEHICLE = 4, 1
RAMP = np.linspace(0, 1, 256)[:, None]


def geometry(rng, picture, label, size):
    """Zoom, shift, turn, mirror; the edge is repeated. A vehicle seen from above may point anywhere."""
    side = picture.shape[0]
    scale = np.exp(rng.uniform(np.log(0.5 if label == VEHICLE else 0.62), np.log(1.25)))
    angle = rng.normal(0, 7)
    if label == VEHICLE and rng.random() < 0.3:
        angle += rng.choice([90, 180, 270, rng.uniform(0, 360)])
    elif label == OTHER and rng.random() < 0.4:
        angle += rng.choice([90, 180, 270])
    room = 0.10 + 0.5 * max(0.0, 1 - scale) * 0.5
    shift = rng.uniform(-room, room, 2) * side
    stretch = np.exp(rng.normal(0, 0.08))
    mirror = -1 if rng.random() < 0.5 else 1
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    k = scale * side / size
    # From a pixel of the result to a pixel of the source.
    matrix = np.array([[c * k * mirror * stretch, -s * k], [s * k * mirror * stretch, c * k]])
    centre = np.array([side / 2, side / 2]) + shift - matrix @ np.array([size / 2, size / 2])
    warp = np.hstack([matrix, centre[:, None]]).astype(np.float32)
    return cv2.warpAffine(picture, warp, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)


def optics(rng, picture):
    """Far away (few pixels), moving, out of focus, encoded."""
    size = picture.shape[0]
    if rng.random() < 0.35:
        small = int(np.exp(rng.uniform(np.log(14), np.log(44))))
        picture = cv2.resize(picture, (small, small), interpolation=cv2.INTER_AREA)
        picture = cv2.resize(picture, (size, size), interpolation=cv2.INTER_CUBIC if rng.random() < 0.3 else cv2.INTER_LINEAR)
    if rng.random() < 0.15:
        length = int(rng.integers(3, 9))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        if rng.random() < 0.3:
            kernel = kernel.T.copy()
        picture = cv2.filter2D(picture, -1, kernel)
    elif rng.random() < 0.1:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 1.6))
    if rng.random() < 0.2:
        quality = int(rng.integers(12, 70))
        _, bytes_ = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = cv2.imdecode(bytes_, cv2.IMREAD_COLOR)
    return picture


def masked(rng, picture):
    """A privacy mask leaves a dark flat polygon; a bar of the encoder or a wall leaves a band."""
    size = picture.shape[0]
    picture = picture.copy()
    if rng.random() < 0.6:
        corner = np.array([[0, 0], [size, 0], [size, size], [0, size]])[rng.integers(4)]
        far = rng.uniform(0.15, 0.5, 2) * size
        sign = np.where(corner == 0, 1, -1)
        points = np.array([corner, corner + sign * [far[0], 0], corner + sign * far * rng.uniform(0.5, 1), corner + sign * [0, far[1]]])
    else:
        depth = rng.uniform(0.1, 0.35) * size
        points = np.array([[0, 0], [size, 0], [size, depth], [0, depth * rng.uniform(0.5, 1.2)]])
        for _ in range(rng.integers(4)):
            points = np.stack([size - points[:, 1], points[:, 0]], 1)
    shade = int(rng.choice([16, 0, rng.integers(0, 60)]))
    cv2.fillPoly(picture, [points.astype(np.int32)], (shade, shade, shade))
    return picture


def tone(rng, picture):
    """Exposure, contrast, gamma, colour, infrared night: one table for each channel."""
    infrared = rng.random() < 0.15
    if infrared:
        # A camera by night shows no colour at all.
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    elif rng.random() < 0.08:
        # Colours that nobody has seen: green alone must not mean an animal.
        picture = np.ascontiguousarray(picture[..., rng.permutation(3)])
    elif rng.random() < 0.6:
        grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        saturation = rng.uniform(0.45, 1.4)
        picture = cv2.addWeighted(picture, saturation, grey, 1 - saturation, 0)
    dark = rng.random() < (0.45 if infrared else 0.1)
    mean = float(picture[::4, ::4].mean()) / 255
    contrast = rng.uniform(0.35, 0.8) if dark else rng.uniform(0.65, 1.3)
    aim = mean * rng.uniform(0.4, 0.9) if dark else mean + rng.normal(0, 0.08)
    levels = RAMP ** np.exp(rng.normal(0, 0.22))
    gain = np.ones(3) if infrared else rng.uniform(0.8, 1.2, 3)
    levels = (levels * gain - mean) * contrast + aim
    table = (np.clip(levels, 0, 1) * 255).astype(np.uint8).reshape(1, 256, 3)
    return cv2.LUT(picture, table)


class Grain:
    """Noise of a sensor, drawn once and shifted for every picture."""

    def __init__(self, rng, size=128):
        self.noise = rng.standard_normal((size, size, 3)).astype(np.float32)
        self.grey = np.repeat(rng.standard_normal((size, size, 1)), 3, 2).astype(np.float32)

    def __call__(self, rng, picture):
        size = picture.shape[0]
        y, x = rng.integers(0, self.noise.shape[0] - size, 2)
        noise = self.noise if rng.random() < 0.5 else self.grey
        sigma = np.float32(rng.uniform(2, 12))
        return np.clip(picture + noise[y : y + size, x : x + size] * sigma, 0, 255).astype(np.uint8)


def one(rng, tools, picture, label, size):
    picture = tools.grounds(rng, picture, label)
    picture = geometry(rng, picture, label, size)
    if rng.random() < (0.3 if label == OTHER else 0.1):
        picture = clutter(rng, picture)
    if rng.random() < 0.08:
        picture = masked(rng, picture)
    picture = tone(rng, optics(rng, picture))
    return tools.grain(rng, picture) if rng.random() < 0.2 else picture


class Tools:
    """What is drawn once for all pictures."""

    def __init__(self, rng, train):
        self.grain = Grain(rng)
        self.grounds = Grounds(rng, train)


def batch_of(rng, tools, pictures, labels, size):
    """-> uint8, NHWC."""
    return np.stack([one(rng, tools, picture, label, size) for picture, label in zip(pictures, labels)])
