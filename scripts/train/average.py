"""One net from several of the same descent: `average.py OUT.pt NET.pt NET.pt ...`, every weight their plain mean.

Stages that were trained for other sizes and other grounds err differently; where one goes on from the other their mean
errs less than each (Wortsman et al.: Model soups, 2022; Robust fine-tuning of zero-shot models, 2022).
"""
import sys

import torch


def mean_of(states):
    return {name: sum(state[name] for state in states) / len(states) if first.dtype.is_floating_point else first for name, first in states[0].items()}


def main():
    out, *nets = sys.argv[1:]
    if not nets:
        sys.exit("average.py OUT.pt NET.pt NET.pt ...")
    saved = [torch.load(net) for net in nets]
    torch.save({"net": mean_of([one["net"] for one in saved]), "args": saved[-1]["args"]}, out)


if __name__ == "__main__":
    main()
