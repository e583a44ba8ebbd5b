"""The trained net as a plain list of convolutions with their batch norms folded in: what is exported.

`plan(net)` gives steps in order: ("conv", name, weight, bias, stride) on the running value, with `save` and
`add` marking where a block's input is kept and added.
"""
import numpy as np
import torch
import torch.nn.functional as F


def folded(pair):
    conv, norm = pair
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = conv.weight * gain[:, None, None, None]
    return weight.detach().contiguous().numpy().copy(), (norm.bias - norm.running_mean * gain).detach().numpy().copy()


def plan(net):
    """[(name, weight, bias, stride, kind)]: kind plain = relu after it; inner; last = block's input added, then relu."""
    steps = []
    for at, stage in enumerate(net.stages):
        steps.append((f"s{at}", *folded(stage.down), 2, "plain"))
        for index, block in enumerate(stage.blocks):
            steps.append((f"s{at}b{index}a", *folded(block.a), 1, "inner"))
            steps.append((f"s{at}b{index}b", *folded(block.b), 1, "last"))
    return steps, net.head.weight.detach().numpy().copy(), net.head.bias.detach().numpy().copy()


def ranges(steps, pictures, share=0.9999, batch=100):
    """Of every value that is rounded to a byte: (least, most) over the pictures, without the rarest."""
    seen = {}

    def note(name, value):
        flat = value.flatten()
        picked = flat[torch.randperm(len(flat))[:400_000]]
        seen.setdefault(name, []).append((np.quantile(picked.numpy(), 1 - share), np.quantile(picked.numpy(), share)))

    with torch.no_grad():
        for at in range(0, len(pictures), batch):
            x = (torch.from_numpy(pictures[at : at + batch].astype(np.float32)).permute(0, 3, 1, 2) - 128) / 64
            for name, weight, bias, stride, kind in steps:
                kept = kept if kind == "last" else x
                x = F.conv2d(x, torch.from_numpy(weight), torch.from_numpy(bias), stride, 1)
                if kind == "last":
                    note(name + "_raw", x)
                    x = x + kept
                x = F.relu(x)
                note(name, x)
    return {name: tuple(np.mean(values, 0)) for name, values in seen.items()}
