"""Makes the ONNX networks in this folder and `style_graphs.safetensors`, what onnxruntime paints with them.

    pip install torch onnx onnxruntime safetensors && python style_graphs.py

`transformer_*.onnx` have the architecture of PyTorch's example `fast_neural_style`, narrow, with random
weights: exported with operators of versions 9, 11 (of any size) and 17 (of 32×48 pixels only, which
should be no limit). `assorted.onnx` has the operations that such networks have besides, and works out
its sizes from its input's. The pictures are `(height, width, 3)`, what is painted in 0…1.
"""

import os

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))


class Convolution(nn.Module):
    def __init__(self, inputs, outputs, window, stride=1, upsampling=None):
        super().__init__()
        self.upsampling = upsampling
        self.pad = nn.ReflectionPad2d(window // 2)
        self.convolution = nn.Conv2d(inputs, outputs, window, stride)

    def forward(self, x):
        if self.upsampling:
            x = nn.functional.interpolate(x, mode="nearest", scale_factor=self.upsampling)
        return self.convolution(self.pad(x))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = Convolution(channels, channels, 3)
        self.second = Convolution(channels, channels, 3)
        self.norms = nn.ModuleList(nn.InstanceNorm2d(channels, affine=True) for _ in range(2))

    def forward(self, x):
        y = torch.relu(self.norms[0](self.first(x)))
        return self.norms[1](self.second(y)) + x


class TransformerNet(nn.Module):
    def __init__(self, width, blocks):
        super().__init__()
        w = width
        layers = []
        for convolution in [
            Convolution(3, w, 9), Convolution(w, 2 * w, 3, 2), Convolution(2 * w, 4 * w, 3, 2)
        ]:
            layers += self.normalized(convolution)
        layers += [Residual(4 * w) for _ in range(blocks)]
        for convolution in [Convolution(4 * w, 2 * w, 3, 1, 2), Convolution(2 * w, w, 3, 1, 2)]:
            layers += self.normalized(convolution)
        self.layers = nn.Sequential(*layers, Convolution(w, 3, 9))

    @staticmethod
    def normalized(layer):
        channels = layer.convolution.out_channels
        return [layer, nn.InstanceNorm2d(channels, affine=True), nn.ReLU()]

    def forward(self, x):
        return self.layers(x)


def transformer(picture):
    torch.manual_seed(1)
    network = TransformerNet(4, 1).eval()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.InstanceNorm2d):
                module.weight.normal_(1, 0.3)
                module.bias.normal_(0, 0.3)
        # So that most of what is painted lies in 0…255.
        last = network.layers[-1].convolution
        painting = network(picture)
        last.weight *= 45 / painting.std()
        last.bias.zero_()
        last.bias += 127 - network(picture).mean(dim=(0, 2, 3))
    return network


def export(network, name, opset, picture, is_dynamic):
    axes = {2: "height", 3: "width"}
    torch.onnx.export(
        network, picture, os.path.join(HERE, name), opset_version=opset, dynamo=False,
        input_names=["input"], output_names=["output"],
        dynamic_axes={"input": axes, "output": axes} if is_dynamic else None)


def assorted():
    random = np.random.default_rng(2)
    initializers, nodes = [], []

    def constant(name, value):
        initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def weights(name, *shape, scale=None):
        fan = np.prod(shape[1:]) if len(shape) > 1 else 4
        values = random.normal(0, scale or 1 / np.sqrt(fan), shape)
        return constant(name, values.astype(np.float32))

    def add(operation, inputs, output, **attributes):
        nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    # The picture, around 0.
    x = add("Sub", ["x", constant("mean", np.float32([.4, .5, .6]).reshape(1, 3, 1, 1))], "centered")
    x = add("Div", [x, constant("deviation", np.float32([.2, .3, .25]).reshape(3, 1, 1))], "scaled")
    x = add("Conv", [x, weights("w0", 8, 3, 3, 3), weights("b0", 8)], "c0", auto_pad="SAME_UPPER",
            strides=[2, 2])
    x = add("BatchNormalization", [x, weights("bn.g", 8), weights("bn.b", 8), weights("bn.m", 8),
                                   constant("bn.v", np.float32(random.uniform(.5, 2, 8)))], "bn")
    half = add("LeakyRelu", [x], "leaky", alpha=0.2)
    x = add("Conv", [half, weights("w1", 8, 2, 3, 3)], "grouped", group=4, pads=[2, 2, 2, 2],
            dilations=[2, 2])
    x = add("Tanh", [x], "tanh")
    x = add("Concat", [x, half], "both", axis=1)
    x = add("Pad", [x, constant("pads", np.int64([0, 0, 1, 2, 0, 0, 1, 2]))], "edge", mode="edge")
    x = add("Conv", [x, weights("w2", 6, 16, 3, 5), weights("b2", 6)], "c2", strides=[2, 2])
    x = add("Relu", [x], "relu")
    x = add("ConvTranspose", [x, weights("w3", 6, 5, 4, 4), weights("b3", 5)], "larger",
            strides=[2, 2], pads=[1, 1, 1, 1])
    x = add("Add", [add("Mul", [x, constant("two", np.float32(2))], "doubled"), x], "thrice")
    odd = add("ConvTranspose", [x, weights("w4", 5, 4, 3, 3)], "odd", strides=[2, 2],
              pads=[1, 1, 1, 1], output_padding=[1, 1])
    # The size of the picture, the long way round.
    shape = add("Shape", ["x"], "shape")
    height = add("Gather", [shape, constant("two.index", np.int64(2))], "height", axis=0)
    height = add("Unsqueeze", [height, constant("zero.axis", np.int64([0]))], "height.list")
    height = add("Cast", [height], "height.float", to=TensorProto.FLOAT)
    height = add("Div", [height, constant("two.list", np.float32([2]))], "height.part")
    height = add("Floor", [height], "height.floor")
    height = add("Mul", [height, constant("two.again", np.float32([2]))], "height.whole")
    height = add("Cast", [height], "height.integer", to=TensorProto.INT64)
    width = add("Slice", [shape, constant("three", np.int64([3])), constant("end", np.int64([2**62])),
                          constant("axis", np.int64([0]))], "width")
    sizes = add("Concat", [constant("leading", np.int64([1, 4])), height, width], "sizes", axis=0)
    smooth = add("Resize", [add("Sigmoid", [odd], "sigmoid"), "", "", sizes], "smooth",
                 mode="linear", coordinate_transformation_mode="half_pixel")
    x = add("Sub", [constant("one", np.float32(1)), smooth], "inverse")
    x = add("Conv", [x, weights("w5", 3, 4, 1, 1, scale=.6), constant("b5", np.float32([.2, .1, .4]))],
            "last")
    add("Clip", [x, constant("least", np.float32(0)), constant("most", np.float32(1))], "y")

    picture = ["n", 3, "height", "width"]
    graph = helper.make_graph(
        nodes, "assorted", [helper.make_tensor_value_info("x", TensorProto.FLOAT, picture)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, picture)], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(HERE, "assorted.onnx"))


def painted(name, picture):
    session = onnxruntime.InferenceSession(os.path.join(HERE, name))
    return session.run(None, {session.get_inputs()[0].name: picture})[0][0].transpose(1, 2, 0)


def main():
    torch.manual_seed(0)
    coarse = torch.rand(1, 3, 5, 7)
    interpolate = nn.functional.interpolate
    small = interpolate(coarse, (32, 48), mode="bicubic").clamp(0, 1)
    large = interpolate(coarse, (36, 60), mode="bicubic").clamp(0, 1)
    network = transformer(255 * small)
    export(network, "transformer_9.onnx", 9, 255 * small, False)
    export(network, "transformer_11.onnx", 11, 255 * small, True)
    export(network, "transformer_17.onnx", 17, 255 * small, False)
    assorted()

    def picture(tensor):
        return np.ascontiguousarray(tensor.numpy()[0].transpose(1, 2, 0))

    golden = {"small": picture(small), "large": picture(large)}
    golden["transformer.small"] = painted("transformer_17.onnx", 255 * small.numpy()) / 255
    golden["transformer.large"] = painted("transformer_11.onnx", 255 * large.numpy()) / 255
    golden["assorted.small"] = painted("assorted.onnx", small.numpy())
    golden["assorted.large"] = painted("assorted.onnx", large.numpy())
    for name, value in golden.items():
        print(name, value.shape, value.min(), value.max(), value.std())
    save_file(
        {name: np.ascontiguousarray(value, np.float32) for name, value in golden.items()},
        os.path.join(HERE, "style_graphs.safetensors"))


main()
