"""The classic peer on the same crops, and the crops as raw pictures for ours.

hog.py FOLDER PACK RAW [--split SPLIT]

Writes every crop of FOLDER/PACK.{bin,csv} as an 80x80 I420 picture (9,600 bytes) to RAW, one after another, and prints
one line of JSON for each: its row, and `hog`, how sure OpenCV's HOG people detector is of a person in it (the best
weight of its windows; null = no window). Last a line with `cpuMs`, what a crop costs it. Debian's python3-opencv, one thread.
"""
import argparse
import csv
import json
import sys
import time

import cv2
import numpy as np

SIDE = 80
# its window is 64x128: a person that fills a crop is then two thirds of the picture high
ENLARGED = 192


def main():
    args = argparse.ArgumentParser()
    args.add_argument("folder")
    args.add_argument("pack")
    args.add_argument("raw")
    args.add_argument("--split")
    args = args.parse_args()
    cv2.setNumThreads(1)
    hog = cv2.HOGDescriptor()
    hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
    blob = open(f"{args.folder}/{args.pack}.bin", "rb").read()
    spent, count = 0.0, 0
    with open(args.raw, "wb") as raw, open(f"{args.folder}/{args.pack}.csv", newline="") as table:
        for row in csv.DictReader(table):
            if args.split and row["split"] != args.split:
                continue
            at, length = int(row["offset"]), int(row["length"])
            picture = cv2.imdecode(np.frombuffer(blob[at : at + length], np.uint8), cv2.IMREAD_COLOR)
            if picture.shape[:2] != (SIDE, SIDE):
                picture = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
            raw.write(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
            large = cv2.resize(picture, (ENLARGED, ENLARGED), interpolation=cv2.INTER_LINEAR)
            began = time.process_time()
            _, weights = hog.detectMultiScale(large, hitThreshold=-1.0, winStride=(8, 8), scale=1.05)
            spent += time.process_time() - began
            count += 1
            best = float(np.max(weights)) if len(weights) > 0 else None
            json.dump({"row": row, "hog": best}, sys.stdout)
            sys.stdout.write("\n")
    json.dump({"cpuMs": 1_000 * spent / max(1, count)}, sys.stdout)
    sys.stdout.write("\n")


main()
