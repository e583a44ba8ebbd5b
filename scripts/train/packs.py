"""Reads the picture packs: a `.bin` of concatenated JPEGs and a `.csv` that says where each lies.

Everything is decoded once and kept as one uint8 array (RGB, 80x80), so that training only trains.
"""
import csv
import os
import sys
from dataclasses import dataclass

import cv2
import numpy as np

LABELS = ["person", "vehicle", "animal", "parcel", "other"]
SIDE = 80
OURS = {"cyclist": "person", "package": "parcel"}
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get("SILL_TRAINDATA", os.path.join(HERE, "../../../shared/traindata"))


@dataclass
class Pack:
    """Pictures with what is known of each: label index, source, split, whether its licence is free."""

    pictures: np.ndarray
    labels: np.ndarray
    sources: np.ndarray
    splits: np.ndarray
    free: np.ndarray

    def where(self, mask):
        return Pack(*(field[mask] for field in (self.pictures, self.labels, self.sources, self.splits, self.free)))


def label_index(name):
    name = OURS.get(name, name)
    return LABELS.index(name) if name in LABELS else -1


def rows_of(name, folder=None):
    folder = folder or DATA
    path = os.path.join(folder, name)
    if not os.path.exists(path + ".csv"):
        sys.exit(
            f"{path}.csv is missing: training needs the labelled pictures (crops80, det320, motion80: "
            "README.md here). Put them beside the repository as ../shared/traindata, or name their folder "
            "in SILL_TRAINDATA."
        )
    with open(path + ".csv", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(path + ".bin", "rb") as file:
        return rows, file.read()


def decode(blob, row):
    at, length = int(row["offset"]), int(row["length"])
    picture = cv2.imdecode(np.frombuffer(blob[at : at + length], np.uint8), cv2.IMREAD_COLOR)
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


def crops(name="crops80", folder=None, splits=("train", "val", "test")):
    rows, blob = rows_of(name, folder)
    rows = [row for row in rows if row["split"] in splits]
    pictures = np.empty((len(rows), SIDE, SIDE, 3), np.uint8)
    for index, row in enumerate(rows):
        picture = decode(blob, row)
        if picture.shape[:2] != (SIDE, SIDE):
            picture = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        pictures[index] = picture
    return Pack(
        pictures,
        np.array([label_index(row["class"]) for row in rows]),
        np.array([row["source"] for row in rows]),
        np.array([row["split"] for row in rows]),
        np.array([row["free_licence"] == "1" for row in rows]),
    )
