"""A net to train on from, out of a file that ships: `resume.py FILE.onnx NET.pt --data all [--porch DIR]`.

What was rounded stays rounded; batch norms, which were folded into the weights, are measured anew on training
pictures so that they change nothing, and can be trained again.
"""
import argparse

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import data
import export
from net import Net


def constants_of(path):
    return {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}


def convolution(found, name):
    """(weight, bias) as floats again."""
    weight = found[name + "_w"].astype(np.float32) * found[name + "_ws"][:, None, None, None]
    return weight, found[name + "_b"].astype(np.float32) * found[name + "_bs"]


def pairs_of(net):
    for at, stage in enumerate(net.stages):
        yield f"s{at}", stage.down
        for index, block in enumerate(stage.blocks):
            yield f"s{at}b{index}a", block.a
            yield f"s{at}b{index}b", block.b


def unfolded(found, temperature):
    """The net with norms that do nothing but add the bias."""
    net = Net().eval()
    with torch.no_grad():
        for name, (conv, norm) in pairs_of(net):
            weight, bias = convolution(found, name)
            conv.weight.copy_(torch.from_numpy(weight))
            norm.running_var.fill_(1 - norm.eps)
            norm.running_mean.zero_()
            norm.weight.fill_(1)
            norm.bias.copy_(torch.from_numpy(bias))
        net.head.weight.copy_(torch.from_numpy(found["head_w"] * temperature))
        net.head.bias.copy_(torch.from_numpy(found["head_b"] * temperature))
    return net


def with_norms(net, pictures, batch=125):
    """The same net, its norms as if they had been learnt on these pictures."""
    sums = {}

    def watch(name):
        def hook(_module, _inputs, output):
            count, total, squares = sums.get(name, (0, 0, 0))
            sums[name] = (count + output.numel() // output.shape[1], total + output.double().sum((0, 2, 3)), squares + (output.double() ** 2).sum((0, 2, 3)))
        return hook

    hooks = [conv.register_forward_hook(watch(name)) for name, (conv, _norm) in pairs_of(net)]
    with torch.no_grad():
        for at in range(0, len(pictures), batch):
            net(torch.from_numpy(pictures[at : at + batch].astype(np.float32)).permute(0, 3, 1, 2))
        for hook in hooks:
            hook.remove()
        for name, (_conv, norm) in pairs_of(net):
            count, total, squares = sums[name]
            mean = total / count
            var = (squares / count - mean**2).clamp_min(1e-6)
            norm.bias.add_(mean.float())
            norm.running_mean.copy_(mean.float())
            norm.running_var.copy_(var.float())
            norm.weight.copy_(torch.sqrt(var + norm.eps).float())
    return net


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("out")
    parser.add_argument("--data", choices=["free", "all"], required=True)
    parser.add_argument("--porch")
    parser.add_argument("--temperature", type=float, default=1.0, help="that the file's scores were divided by")
    args = parser.parse_args()
    torch.set_num_threads(1)
    train, _ = data.load(args.data, args.porch)
    net = unfolded(constants_of(args.file), args.temperature)
    pictures = export.calibration(train)
    some = torch.from_numpy(pictures[:64].astype(np.float32)).permute(0, 3, 1, 2)
    with torch.no_grad():
        before = net(some)
        net = with_norms(net, pictures)
        print(f"scores differ by at most {float((net(some) - before).abs().max()):.2e}")
    torch.save({"net": net.state_dict(), "args": {"data": args.data, "porch": args.porch}}, args.out)


if __name__ == "__main__":
    main()
