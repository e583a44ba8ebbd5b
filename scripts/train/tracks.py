"""Tracks of motion80: the rule by which crops of one clip are one thing, and what a track says.

Joined: boxes of frames at most three samplings apart that overlap by 0.2 (intersection over union) or of
which one covers half of the other; the best such pair first, each track taking one box a frame.
What a track says: the label whose mean of log-probabilities over its crops so far is greatest.
"""
import numpy as np


def overlaps(a, b):
    """-> (intersection over union, share of the smaller that is covered)"""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(0.0, width) * max(0.0, height)
    return both / max(1e-9, a[2] * a[3] + b[2] * b[3] - both), both / max(1e-9, min(a[2] * a[3], b[2] * b[3]))


def likeness(a, b):
    union, cover = overlaps(a, b)
    return max(union, cover / 2) if union >= 0.2 or cover >= 0.5 else 0.0


def tracks_of(rows):
    """Rows of motion80 -> lists of their indices, in order of time."""
    clips = {}
    for index, row in enumerate(rows):
        clips.setdefault(row["clip"], {}).setdefault(int(row["frame"]), []).append(index)
    found = []
    for frames in clips.values():
        times = sorted(frames)
        step = int(np.median(np.diff(times))) if len(times) > 1 else 1
        open_ = []
        for time in times:
            open_ = [track for track in open_ if time - track["time"] <= 3 * step]
            pairs = [(likeness(track["box"], box_of(rows[i])), -at, i) for at, track in enumerate(open_) for i in frames[time]]
            taken, given = set(), set()
            for like, at, i in sorted(pairs, reverse=True):
                if like <= 0 or at in taken or i in given:
                    continue
                taken.add(at)
                given.add(i)
                open_[-at].update(time=time, box=box_of(rows[i]))
                open_[-at]["members"].append(i)
            for i in frames[time]:
                if i not in given:
                    open_.append({"time": time, "box": box_of(rows[i]), "members": [i]})
                    found.append(open_[-1]["members"])
    return found


def box_of(row):
    return [float(row[key]) for key in "xywh"]


def running(logs, tracks):
    """For every crop: the mean of its track's log-probabilities up to it."""
    out = logs.copy()
    for members in tracks:
        out[members] = np.cumsum(logs[members], 0) / np.arange(1, len(members) + 1)[:, None]
    return out
