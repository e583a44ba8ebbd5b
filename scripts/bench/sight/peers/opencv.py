#!/usr/bin/python3
"""opencv: how large is the largest blob that moved, frame by frame, as people use OpenCV for it.

usage: opencv.py mog2|knn|diff|average WIDTH HEIGHT < I420 frames

Prints a line a frame: area of the largest contour as a share of the picture. Whoever reads decides what
is motion (a least area, for so many frames), so every area is tried in one run. Last line: "cpu MS FRAMES",
CPU of this process from the decoded frame (BGR, as VideoCapture gives it) to the blob,
without the first frames.

mog2, knn  history 500, shadows found and left out (threshold 200), opened with a 3x3 ellipse
diff       grey, 21x21 blur, difference from the frame before, threshold 25, dilated twice
average    the same against a running average of the past (weight 0.02)
"""
import sys
import time

import cv2
import numpy

WARM_UP = 60


def subtracting(subtractor):
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))

    def mask(frame):
        foreground = subtractor.apply(frame)
        _, foreground = cv2.threshold(foreground, 200, 255, cv2.THRESH_BINARY)
        return cv2.morphologyEx(foreground, cv2.MORPH_OPEN, kernel)

    return mask


def differing(weight):
    past = None

    def mask(frame):
        nonlocal past
        grey = cv2.GaussianBlur(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), (21, 21), 0)
        if past is None:
            past = grey.astype("float32") if weight < 1 else grey
        delta = cv2.absdiff(grey, cv2.convertScaleAbs(past) if weight < 1 else past)
        if weight < 1:
            cv2.accumulateWeighted(grey, past, weight)
        else:
            past = grey
        _, changed = cv2.threshold(delta, 25, 255, cv2.THRESH_BINARY)
        return cv2.dilate(changed, None, iterations=2)

    return mask


METHODS = {
    "mog2": lambda: subtracting(cv2.createBackgroundSubtractorMOG2(history=500, detectShadows=True)),
    "knn": lambda: subtracting(cv2.createBackgroundSubtractorKNN(history=500, detectShadows=True)),
    "diff": lambda: differing(1),
    "average": lambda: differing(0.02),
}


def main():
    method, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    cv2.setNumThreads(1)  # decides the same, and waiting threads would count as CPU
    mask_of = METHODS[method]()
    size = width * height * 3 // 2
    spent, frames = 0.0, 0
    while len(data := sys.stdin.buffer.read(size)) == size:
        yuv = numpy.frombuffer(data, numpy.uint8).reshape(height * 3 // 2, width)
        frame = cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420)
        began = time.process_time()
        contours, _ = cv2.findContours(mask_of(frame), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        area = max((cv2.contourArea(contour) for contour in contours), default=0.0)
        if frames >= WARM_UP:
            spent += time.process_time() - began
        frames += 1
        sys.stdout.write(f"{area / (width * height):.6f}\n")
        sys.stdout.flush()
    sys.stdout.write(f"cpu {spent * 1000:.3f} {max(0, frames - WARM_UP)}\n")


main()
