"""Day made night, dry made rain: the same pictures under a worse light, to measure with. Seeded."""
import cv2
import numpy as np

from clutter import rain


def night(rng, picture):
    """Infrared: no colour, little contrast, grain."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = (grey - grey.mean()) * rng.uniform(0.5, 0.8) + grey.mean() * rng.uniform(0.4, 0.8)
    grey += rng.standard_normal(grey.shape) * rng.uniform(3, 8)
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, 2)


def far(_, picture):
    """A fifth of the pixels in each direction: 16 of 80."""
    small = cv2.resize(picture, (16, 16), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def under(name, pictures, seed=5):
    rng = np.random.default_rng(seed)
    return np.stack([{"night": night, "rain": rain, "far": far}[name](rng, picture) for picture in pictures])
