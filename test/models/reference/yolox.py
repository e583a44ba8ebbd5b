"""Reference for yolox.test.ts: YOLOX by OpenCV's dnn module, with OpenCV's own colours, scaling and suppression.

usage: yolox.py MODEL.onnx PICTURES.bin ABOUT.json INPUTS.bin
PICTURES: I420 pictures one after another; ABOUT: {"sizes": [[width, height], ...], "groups": for each class of the
model a number (-1: dropped), within which overlaps are suppressed}. Prints JSON, for each picture
[[group, score, x, y, w, h], ...] in its pixels; INPUTS gets the uint8 BGR pictures that the network saw.
"""
import json
import sys

import cv2
import numpy as np

SIDE, STRIDES, LEAST, OVERLAP = 416, (8, 16, 32), 0.3, 0.45


def letterboxed(picture):
    height, width = picture.shape[:2]
    scale = min(SIDE / width, SIDE / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    out = np.full((SIDE, SIDE, 3), 114, np.uint8)
    out[: size[1], : size[0]] = cv2.resize(picture, size, interpolation=how)
    return out, (width / size[0], height / size[1])


def grid():
    cells, steps = [], []
    for stride in STRIDES:
        side = SIDE // stride
        xs, ys = np.meshgrid(np.arange(side), np.arange(side))
        cells.append(np.stack([xs, ys], -1).reshape(-1, 2))
        steps.append(np.full((side * side, 1), stride))
    return np.concatenate(cells), np.concatenate(steps)


def boxes_of(rows, groups, scale, size):
    cells, steps = grid()
    centre = (rows[:, :2] + cells) * steps * scale
    extent = np.exp(rows[:, 2:4]) * steps * scale
    classes = groups[rows[:, 5:].argmax(1)]
    scores = rows[:, 4] * rows[:, 5:].max(1)
    boxes = np.concatenate([centre - extent / 2, extent], 1)
    found = []
    for at in np.unique(classes[(scores >= LEAST) & (classes >= 0)]):
        mine = np.flatnonzero((classes == at) & (scores >= LEAST))
        kept = cv2.dnn.NMSBoxes(boxes[mine].tolist(), scores[mine].tolist(), LEAST, OVERLAP)
        for index in mine[np.asarray(kept, dtype=int).flatten()]:
            x, y, w, h = boxes[index]
            x0, y0, x1, y1 = max(0, x), max(0, y), min(size[0], x + w), min(size[1], y + h)
            found.append([int(at), float(scores[index]), x0, y0, x1 - x0, y1 - y0])
    return found


def main(model, pictures, about, inputs):
    about = json.load(open(about))
    groups = np.array(about["groups"])
    net = cv2.dnn.readNetFromONNX(model)
    data = np.fromfile(pictures, np.uint8)
    results, at = [], 0
    with open(inputs, "wb") as seen:
        for width, height in about["sizes"]:
            planes = data[at : at + width * height * 3 // 2].reshape(height * 3 // 2, width)
            at += planes.size
            picture, scale = letterboxed(cv2.cvtColor(planes, cv2.COLOR_YUV2BGR_I420))
            seen.write(picture.tobytes())
            net.setInput(picture.transpose(2, 0, 1)[None].astype(np.float32))
            results.append(boxes_of(net.forward()[0], groups, scale, (width, height)))
    print(json.dumps(results))


main(*sys.argv[1:])
