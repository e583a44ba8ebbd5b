"""Writes the net as ONNX, as float or with whole numbers (QDQ): `export.py NET.pt OUT.onnx [--float]`.

The input is RGB 0..255, float32, 1x3x80x80; the output five raw scores (the manifest says: logits).
Of the whole-number form, README.md says what and why.
"""
import argparse

import cv2
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import augment
import data
import fold
from net import SIZE, Net
from packs import LABELS

OPSET = 13


class Graph:
    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def model(self, size):
        image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, size, size])
        scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, len(LABELS)])
        graph = helper.make_graph(self.nodes, "sill-what", [image], [scores], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="sill")
        model.ir_version = 7
        onnx.checker.check_model(model)
        return model


class Floats:
    """Every number a float32."""

    def __init__(self, graph):
        self.graph = graph
        graph.constant("centre", np.float32(128))
        graph.constant("spread", np.float32(1 / 64))

    def start(self):
        self.graph.node("Sub", ["image", "centre"], "centred")
        return self.graph.node("Mul", ["centred", "spread"], "input")

    def conv(self, x, name, weight, bias, stride, relu):
        graph = self.graph
        inputs = [x, graph.constant(name + "_w", weight), graph.constant(name + "_b", bias)]
        out = graph.node("Conv", inputs, name + "_c", kernel_shape=[3, 3], strides=[stride] * 2, pads=[1] * 4)
        return graph.node("Relu", [out], name + "_r") if relu else out

    def add(self, a, b, name):
        return self.graph.node("Relu", [self.graph.node("Add", [a, b], name + "_s")], name)


class Bytes:
    """Values as unsigned bytes between the layers; weights as signed ones, a scale for each channel.

    Weights use 7 bits: two products of a full byte and 8 bits would overflow the 16-bit sums of
    processors that have AVX2 and nothing newer. A byte's zero point of 0 cuts off what is negative: ReLU.
    """

    def __init__(self, graph, ranges):
        self.graph, self.ranges = graph, ranges
        graph.constant("byte_one", np.float32(1))
        graph.constant("zero", np.uint8(0))

    def start(self):
        graph = self.graph
        graph.constant("input_scale", np.float32(1 / 64))
        graph.constant("input_zero", np.uint8(128))
        graph.node("QuantizeLinear", ["image", "byte_one", "zero"], "bytes")
        self.scales = {"input": 1 / 64}
        return graph.node("DequantizeLinear", ["bytes", "input_scale", "input_zero"], "input")

    def round(self, x, name, relu):
        graph = self.graph
        least, most = self.ranges[name]
        least = 0.0 if relu else min(float(least), 0.0)
        scale = np.float32(max((float(most) - least) / 255, 1e-6))
        zero = np.uint8(np.clip(round(-least / scale), 0, 255))
        pair = [graph.constant(name + "_scale", scale), graph.constant(name + "_zero", zero)]
        graph.node("QuantizeLinear", [x, *pair], name + "_q")
        out = graph.node("DequantizeLinear", [name + "_q", *pair], name + "_d")
        self.scales[out] = float(scale)
        return out

    def conv(self, x, name, weight, bias, stride, relu):
        graph = self.graph
        scale = np.maximum(np.abs(weight).max((1, 2, 3)) / 63, 1e-8).astype(np.float32)
        whole = np.clip(np.round(weight / scale[:, None, None, None]), -63, 63).astype(np.int8)
        zeros = graph.constant(name + "_wz", np.zeros(len(scale), np.int8))
        pair = [graph.constant(name + "_w", whole), graph.constant(name + "_ws", scale), zeros]
        weights = graph.node("DequantizeLinear", pair, name + "_wd", axis=0)
        bias_scale = (scale * self.scales[x]).astype(np.float32)
        bias_whole = np.round(bias / bias_scale).clip(-(2**31) + 1, 2**31 - 1).astype(np.int32)
        bias_zero = graph.constant(name + "_bz", np.zeros(len(scale), np.int32))
        pair = [graph.constant(name + "_b", bias_whole), graph.constant(name + "_bs", bias_scale), bias_zero]
        biases = graph.node("DequantizeLinear", pair, name + "_bd", axis=0)
        out = graph.node("Conv", [x, weights, biases], name + "_c", kernel_shape=[3, 3], strides=[stride] * 2, pads=[1] * 4)
        return self.round(out, name if relu else name + "_raw", relu)

    def add(self, a, b, name):
        return self.round(self.graph.node("Add", [a, b], name + "_s"), name, True)


def build(net, ranges=None, temperature=1.0, size=SIZE):
    steps, head, bias = fold.plan(net)
    graph = Graph()
    kind = Floats(graph) if ranges is None else Bytes(graph, ranges)
    x = kind.start()
    for name, weight, offset, stride, role in steps:
        kept = kept if role == "last" else x
        x = kind.conv(x, name, weight, offset, stride, role != "last")
        if role == "last":
            x = kind.add(kept, x, name)
    graph.node("GlobalAveragePool", [x], "mean")
    graph.node("GlobalMaxPool", [x], "most")
    graph.node("Concat", ["mean", "most"], "pooled", axis=1)
    graph.node("Flatten", ["pooled"], "flat", axis=1)
    graph.constant("head_w", (head / temperature).astype(np.float32))
    graph.constant("head_b", (bias / temperature).astype(np.float32))
    graph.node("Gemm", ["flat", "head_w", "head_b"], "scores", transB=1)
    return graph.model(size)


def calibration(train, count=1000, seed=7):
    """Training pictures as the net saw them; half of them as they are."""
    rng = np.random.default_rng(seed)
    picked = data.Sampler(train).draw(rng, count)
    plain = [cv2.resize(p, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for p in train.pictures[picked[: count // 2]]]
    rest = picked[count // 2 :]
    return np.concatenate([np.stack(plain), augment.batch_of(rng, augment.Tools(rng, train), train.pictures[rest], train.labels[rest], SIZE)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("net")
    parser.add_argument("out")
    parser.add_argument("--float", action="store_true")
    parser.add_argument("--share", type=float, default=0.9999)
    parser.add_argument("--temperature", type=float, default=1.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    saved = torch.load(args.net)
    net = Net()
    net.load_state_dict(saved["net"])
    net.eval()
    found = None
    if not args.float:
        train, _ = data.load(saved["args"]["data"], saved["args"]["porch"])
        pictures = calibration(train)
        found = fold.ranges(fold.plan(net)[0], pictures, args.share)
    onnx.save(build(net, found, args.temperature), args.out)


if __name__ == "__main__":
    main()
