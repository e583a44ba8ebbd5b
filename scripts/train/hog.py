"""The classic peer: OpenCV's HOG people detector on the same crops of motion80. One JSON object on stdout."""
import json
import time

import cv2
import numpy as np

import metrics
from evaluate import Motion


def main():
    cv2.setNumThreads(1)
    hog = cv2.HOGDescriptor()
    hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
    motion = Motion()
    scores, began = [], time.process_time()
    for picture in motion.pictures:
        large = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), (192, 192), interpolation=cv2.INTER_LINEAR)
        _, weights = hog.detectMultiScale(large, hitThreshold=-2.0, winStride=(8, 8), scale=1.1)
        scores.append(float(np.max(weights)) if len(weights) else -3.0)
    spent = (time.process_time() - began) * 1000 / len(scores)
    scores, truth = np.array(scores), motion.labels == 0
    cuts = np.unique(scores)
    print(
        json.dumps(
            {
                "personF1": metrics.f1(truth, scores > 0),
                "personF1Best": max(metrics.f1(truth, scores >= cut) for cut in cuts),
                "personRecallAt5": metrics.recall_at(truth, scores + np.random.default_rng(1).uniform(0, 1e-6, len(scores))),
                "personAuc": metrics.area(truth, scores),
                "ms": round(spent, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
