"""Trains the network: `train.py --data all --seed 1 --out DIR` (README.md). One process, one thread."""
import argparse
import copy
import json
import math
import os
import time

import cv2
import numpy as np
import torch
from torch import nn

import augment
import data
import evaluate
from net import SIZE, Net


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", choices=["free", "all"], required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True)
    parser.add_argument("--porch", help="folder of the simulated porch's crops")
    parser.add_argument("--steps", type=int, default=6300)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--stop", type=int, help="after so many of the steps: what its mean of weights is by then")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--from", dest="start", help="a later stage: the net.pt of the one before")
    parser.add_argument("--size", type=int, default=SIZE, help="side of a later stage's pictures")
    return parser.parse_args()


def size_at(done):
    """Small pictures first: most of the learning, at half of the price."""
    return 48 if done < 0.65 else 64


def mixed(rng, images, targets):
    """A quarter of the batches: every picture with a little of another."""
    if rng.random() > 0.25:
        return images, targets
    part = rng.beta(0.4, 0.4)
    other = torch.from_numpy(rng.permutation(len(images)))
    return images * part + images[other] * (1 - part), targets * part + targets[other] * (1 - part)


def groups(net, decay):
    plain = [p for p in net.parameters() if p.ndim < 2]
    weights = [p for p in net.parameters() if p.ndim >= 2]
    return [{"params": weights, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}]


class Average:
    """Exponential moving average of the weights; what is shipped."""

    def __init__(self, net, most):
        self.most = most
        self.net = copy.deepcopy(net).eval()
        self.count = 0

    def update(self, net):
        self.count += 1
        keep = min(self.most, (1 + self.count) / (20 + self.count))
        with torch.no_grad():
            for mine, its in zip(self.net.state_dict().values(), net.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.mul_(keep).add_(its, alpha=1 - keep)
                else:
                    mine.copy_(its)


def main():
    args = arguments()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    os.makedirs(args.out, exist_ok=True)
    started = time.time()
    train, val = data.load(args.data, args.porch, second=args.start is not None)
    sampler = data.Sampler(train, data.SECOND_SHARE if args.start else data.CLASS_SHARE)
    print(f"{len(train.labels)} pictures to train on, {len(val.labels)} to validate; read in {time.time() - started:.0f} s", flush=True)
    tools = augment.Tools(rng, train)
    net = Net()
    if args.start:
        net.load_state_dict(torch.load(args.start)["net"])
    net = net.to(memory_format=torch.channels_last)
    average = Average(net, 0.9985 if args.steps > 2000 else 0.995)
    optimiser = torch.optim.AdamW(groups(net, 0.05), lr=args.rate)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    eye = torch.eye(5)
    losses, started, warm = [], time.time(), min(300, args.steps // 10)
    for step in range(args.steps):
        rate = min(1, (step + 1) / warm) * 0.5 * (1 + math.cos(math.pi * step / args.steps))
        for group in optimiser.param_groups:
            group["lr"] = args.rate * max(rate, 0.005)
        size = args.size if args.start else size_at(step / args.steps)
        picked = sampler.draw(rng, args.batch)
        images = augment.batch_of(rng, tools, train.pictures[picked], train.labels[picked], size)
        images = torch.from_numpy(images).permute(0, 3, 1, 2).float()
        images, targets = mixed(rng, images, eye[torch.from_numpy(train.labels[picked])])
        net.train()
        loss = loss_of(net(images), targets)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update(net)
        losses.append(loss.item())
        if (step + 1) % 250 == 0:
            print(f"step {step + 1} loss {np.mean(losses[-250:]):.3f} {time.time() - started:.0f} s", flush=True)
        last = step + 1 in (args.steps, args.stop)
        if (step + 1) % 1500 == 0 or last:
            torch.save({"net": average.net.state_dict(), "args": vars(args), "step": step + 1}, os.path.join(args.out, "net.pt"))
            print(json.dumps(evaluate.brief(average.net, val)), flush=True)
        if last:
            break


if __name__ == "__main__":
    main()
