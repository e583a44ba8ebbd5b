"""Figures from labels and log-probabilities; nothing here knows a network."""
import numpy as np

from packs import LABELS


def recalls(labels, found):
    return {LABELS[c]: round(float((found[labels == c] == c).mean()), 3) for c in range(len(LABELS)) if (labels == c).any()}


def precisions(labels, found):
    return {LABELS[c]: round(float((labels[found == c] == c).mean()), 3) for c in range(len(LABELS)) if (found == c).any()}


def macro(by_label):
    return round(float(np.mean(list(by_label.values()))), 3)


def f1(truth, said):
    both = float((truth & said).sum())
    return round(2 * both / max(1.0, float(truth.sum() + said.sum())), 3)


def recall_at(truth, score, false_share=0.05):
    """Recall where at most this share of what is none is taken for one."""
    cut = np.quantile(score[~truth], 1 - false_share, method="higher")
    return round(float((score[truth] > cut).mean()), 3)


def area(truth, score):
    """Under the ROC curve."""
    order = np.argsort(np.argsort(score, kind="stable")) + 1.0
    yes, no = int(truth.sum()), int((~truth).sum())
    return round(float((order[truth].sum() - yes * (yes + 1) / 2) / (yes * no)), 3)


def calibration_error(labels, logs, bins=10):
    """Expected calibration error of the winning label's score."""
    found, score = logs.argmax(1), np.exp(logs.max(1))
    right = found == labels
    total = 0.0
    for low in np.linspace(0, 1, bins, endpoint=False):
        there = (score > low) & (score <= low + 1 / bins)
        if there.any():
            total += there.mean() * abs(right[there].mean() - score[there].mean())
    return round(float(total), 3)
