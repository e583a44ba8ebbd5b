"""Vehicles seen from above, painted: a car park's or a high wall's camera. The data has hardly any.

Body, bonnet, windows, lamps and mirrors in one heading, on asphalt with a line or a kerb; a shadow beside it.
"""
import cv2
import numpy as np

from packs import SIDE

LARGE = 240


def asphalt(rng):
    tone = rng.uniform(35, 190)
    ground = np.full((LARGE, LARGE, 3), tone, np.float32) * rng.uniform(0.93, 1.07, 3)
    coarse = cv2.resize(rng.normal(0, 1, (12, 12)).astype(np.float32), (LARGE, LARGE), interpolation=cv2.INTER_CUBIC)
    fine = rng.normal(0, 1, (LARGE, LARGE)).astype(np.float32)
    ground = np.clip(ground + (coarse * rng.uniform(1, 8) + fine * rng.uniform(1, 9))[..., None], 0, 255).astype(np.uint8)
    for _ in range(rng.integers(0, 3)):
        ends = rng.uniform(-0.3, 1.3, (2, 2)) * LARGE
        shade = (float(rng.uniform(140, 250)),) * 3
        cv2.line(ground, ends[0].astype(int).tolist(), ends[1].astype(int).tolist(), shade, int(rng.integers(3, 12)), cv2.LINE_AA)
    return ground


def rounded(layer, box, radius, tone):
    """A filled rectangle with round corners: left, top, right, bottom."""
    left, top, right, bottom = (int(v) for v in box)
    radius = int(max(1, min(radius, (right - left) / 2 - 1, (bottom - top) / 2 - 1)))
    cv2.rectangle(layer, (left + radius, top), (right - radius, bottom), tone, -1)
    cv2.rectangle(layer, (left, top + radius), (right, bottom - radius), tone, -1)
    for x in (left + radius, right - radius):
        for y in (top + radius, bottom - radius):
            cv2.circle(layer, (x, y), radius, tone, -1, cv2.LINE_AA)


def paint(rng):
    """A car that points up, and where it covers the picture."""
    length = rng.uniform(0.5, 0.72) * LARGE
    width = length * rng.uniform(0.42, 0.56)
    left, top = (LARGE - width) / 2, (LARGE - length) / 2
    base = np.full(3, rng.choice([rng.uniform(20, 70), rng.uniform(150, 245), rng.uniform(80, 150)]))
    if rng.random() < 0.45:
        base = rng.uniform(20, 220, 3)
    car, cover = np.zeros((LARGE, LARGE, 3), np.uint8), np.zeros((LARGE, LARGE), np.uint8)
    body = (left, top, left + width, top + length)
    rounded(cover, body, width * rng.uniform(0.15, 0.35), 255)
    rounded(car, body, width * 0.2, base.tolist())
    inset = width * rng.uniform(0.06, 0.14)
    glass = tuple(np.clip(rng.uniform(10, 90) + rng.normal(0, 6, 3), 0, 255).tolist())
    front, back = top + length * rng.uniform(0.22, 0.34), top + length * rng.uniform(0.74, 0.9)
    rounded(car, (left + inset, front, left + width - inset, back), width * 0.15, glass)
    roof = (left + inset * 1.7, front + length * rng.uniform(0.1, 0.17), left + width - inset * 1.7, back - length * rng.uniform(0.06, 0.13))
    rounded(car, roof, width * 0.1, np.clip(base * rng.uniform(0.9, 1.12), 0, 255).tolist())
    lamp = (left + width * 0.12, left + width * 0.88)
    for x in lamp:
        cv2.ellipse(car, (int(x), int(top + length * 0.04)), (int(width * 0.1), int(length * 0.025)), 0, 0, 360, (235, 235, 220), -1, cv2.LINE_AA)
        cv2.ellipse(car, (int(x), int(top + length * 0.97)), (int(width * 0.1), int(length * 0.02)), 0, 0, 360, (150, 30, 30), -1, cv2.LINE_AA)
    for side in (-1, 1):
        at = (int(LARGE / 2 + side * width * 0.54), int(front + length * 0.04))
        for layer, tone in ((car, (base * 0.8).tolist()), (cover, 255)):
            cv2.ellipse(layer, at, (int(width * 0.08), int(length * 0.02)), 0, 0, 360, tone, -1, cv2.LINE_AA)
    shading = cv2.resize(rng.uniform(0.75, 1.25, (3, 3)).astype(np.float32), (LARGE, LARGE), interpolation=cv2.INTER_CUBIC)
    return np.clip(car * shading[..., None], 0, 255).astype(np.uint8), cover


def vehicle(rng):
    ground, (car, cover) = asphalt(rng), paint(rng)
    turn = rng.choice([0, 90, 180, 270]) + rng.normal(0, 20) if rng.random() < 0.6 else rng.uniform(0, 360)
    matrix = cv2.getRotationMatrix2D((LARGE / 2, LARGE / 2), float(turn), 1.0)
    # Seen at a slant: one direction is shorter.
    matrix[1] = matrix[1] * (slant := rng.uniform(0.7, 1.0)) + [0, 0, (1 - slant) * LARGE / 2]
    car, cover = cv2.warpAffine(car, matrix, (LARGE, LARGE)), cv2.warpAffine(cover, matrix, (LARGE, LARGE))
    shift = np.float32([[1, 0, rng.uniform(-14, 14)], [0, 1, rng.uniform(-14, 14)]])
    dark = cv2.GaussianBlur(cv2.warpAffine(cover, shift, (LARGE, LARGE)), (0, 0), 4)[..., None] / 255
    picture = ground * (1 - dark * rng.uniform(0.2, 0.6))
    part = cv2.GaussianBlur(cover, (0, 0), 1)[..., None] / 255
    picture = (picture * (1 - part) + car * part).astype(np.uint8)
    side = int(rng.uniform(0.55, 1.0) * LARGE)
    x, y = ((LARGE - side) * rng.uniform(0.2, 0.8, 2)).astype(int)
    return cv2.resize(picture[y : y + side, x : x + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def ground(rng):
    """Where no car stands: the asphalt alone."""
    side = int(rng.uniform(0.3, 1.0) * LARGE)
    return cv2.resize(asphalt(rng)[:side, :side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
