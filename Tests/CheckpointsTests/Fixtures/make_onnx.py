"""Makes the ONNX fixtures with the onnx package, whose reading of them the tests record.

  python3 make_onnx.py     writes quantized.onnx and typed.onnx beside itself
"""
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

here = os.path.dirname(os.path.abspath(__file__))


def save(name, nodes, constants, inputs, outputs, opset=15):
    value = lambda n: helper.make_tensor_value_info(n, TensorProto.FLOAT, ["h", 3])
    graph = helper.make_graph(nodes, "g", list(map(value, inputs)), list(map(value, outputs)), constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    with open(os.path.join(here, name), "wb") as f:
        f.write(model.SerializeToString())


w = np.arange(-6, 6, dtype=np.int8).reshape(2, 3, 2)
u = np.array([0, 128, 255], np.uint8)
constants = [
    numpy_helper.from_array(w, "w"),
    numpy_helper.from_array(np.array([0.5, 2, 0.25], np.float32), "w_scale"),
    numpy_helper.from_array(np.array([0, 1, -2], np.int8), "w_zero"),
    numpy_helper.from_array(u, "u"),
    numpy_helper.from_array(np.float32(0.1), "u_scale"),
    numpy_helper.from_array(np.uint8(128), "u_zero"),
    numpy_helper.from_array(np.array([100000, -100000], np.int32), "b"),
    numpy_helper.from_array(np.array([1e-3, 1e-4], np.float32), "b_scale"),
]
nodes = [
    helper.make_node("Relu", ["y"], ["z"]),  # out of order
    helper.make_node("Add", ["x", "x"], ["y"]),
    helper.make_node("DequantizeLinear", ["w", "w_scale", "w_zero"], ["w_float"], axis=1),
    helper.make_node("DequantizeLinear", ["u", "u_scale", "u_zero"], ["u_float"]),
    helper.make_node("DequantizeLinear", ["b", "b_scale"], ["b_float"], axis=0),
]
save("quantized.onnx", nodes, constants, ["x"], ["z", "w_float", "u_float", "b_float"])

typed = [
    helper.make_tensor("floats", TensorProto.FLOAT, [3], [1.5, -2, 1e30]),
    helper.make_tensor("halves", TensorProto.FLOAT16, [2], [1.5, -0.25]),
    helper.make_tensor("longs", TensorProto.INT64, [2], [-1, 9223372036854775807]),
    helper.make_tensor("bytes", TensorProto.INT8, [3], [-128, 0, 127]),
    numpy_helper.from_array(np.array([[1.5, -0.5]], np.float64), "doubles"),
]
node = helper.make_node(
    "Pad", ["x"], ["y"], mode="reflect", pads=[0, -1, 2], value=0.5, scales=[1.0, 2.0], zero=0)
save("typed.onnx", [node], typed, ["x"], ["y"])
