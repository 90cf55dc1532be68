#!/usr/bin/env python3
"""Writes thin_golden.safetensors: what PyTorch makes of a VGG with few channels and random weights.

The real network's weights are too large to keep here; this one has its structure, so that the engine can be
checked against PyTorch without them. Needs torch and numpy; run it in this folder.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

BLOCKS = [(2, 16), (2, 16), (3, 32), (3, 32), (1, 48)]
STYLE = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]
CONTENT = "conv4_2"
SCALE, SHIFT = 255.0, -torch.tensor([123.68, 116.779, 103.939])
CONTENT_WEIGHT, STYLE_WEIGHT = 1e-3, 1e1


def network(generator):
    layers, inputs = {}, 3
    for block, (count, outputs) in enumerate(BLOCKS, 1):
        for index in range(1, count + 1):
            deviation = (2 / (9 * inputs)) ** 0.5
            weight = torch.randn(outputs, inputs, 3, 3, generator=generator) * deviation
            bias = torch.randn(outputs, generator=generator) * 0.1
            layers[f"conv{block}_{index}"] = (weight, bias)
            inputs = outputs
    return layers


def features(x, layers):
    x = x * SCALE + SHIFT.view(1, 3, 1, 1)
    out = {}
    for name, (weight, bias) in layers.items():
        if name.endswith("_1") and name != "conv1_1":
            x = F.max_pool2d(x, 2)
        x = out[name] = F.relu(F.conv2d(x, weight, bias, padding=1))
    return out


def gram(f):
    _, c, h, w = f.shape
    v = f.reshape(c, h * w)
    return v @ v.t() / (h * w)


def relative(a, b):
    return ((a - b) ** 2).sum() / (b ** 2).sum()


def losses(x, layers, target, grams):
    f = features(x, layers)
    content = relative(f[CONTENT], target)
    style = sum(relative(gram(f[name]), grams[name]) for name in STYLE) / len(STYLE)
    return 1000 * CONTENT_WEIGHT * content + STYLE_WEIGHT * style, content, style


def picture(generator, height, width):
    coarse = torch.rand(1, 3, 5, 6, generator=generator)
    smooth = F.interpolate(coarse, (height, width), mode="bicubic").clamp(0, 1)
    return (smooth * 255).round() / 255


def nhwc(t):
    return t.detach().permute(0, 2, 3, 1)[0].numpy()


def main():
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(7)
    layers = network(generator)
    content, style = picture(generator, 37, 50), picture(generator, 41, 33)
    image = (0.5 * content + 0.5 * picture(generator, 37, 50)).requires_grad_(True)
    with torch.no_grad():
        target = features(content, layers)[CONTENT]
        grams = {name: gram(f) for name, f in features(style, layers).items() if name in STYLE}
    found = features(image, layers)
    total, content_loss, style_loss = losses(image, layers, target, grams)
    total.backward()

    tensors = {"input.scale": np.full(3, SCALE), "input.shift": SHIFT.numpy()}
    for name, (weight, bias) in layers.items():
        tensors[f"{name}.weight"] = weight.permute(2, 3, 1, 0).numpy()
        tensors[f"{name}.bias"] = bias.numpy()
    tensors |= {"content": nhwc(content), "style": nhwc(style), "image": nhwc(image), "gradient": nhwc(image.grad)}
    tensors |= {f"features.{name}": nhwc(found[name]) for name in STYLE + [CONTENT]}
    tensors |= {f"gram.style.{name}": g.numpy() for name, g in grams.items()}
    tensors["losses"] = np.array([total.item(), content_loss.item(), style_loss.item()])

    x = content.clone().requires_grad_(True)
    adam, track = torch.optim.Adam([x], lr=0.02, betas=(0.99, 0.999), eps=1e-8), []
    for t in range(20):
        adam.param_groups[0]["lr"] = 0.02 * 0.96 ** (t / 1000)
        adam.zero_grad()
        parts = losses(x, layers, target, grams)
        parts[0].backward()
        torch.nn.utils.clip_grad_norm_([x], 5.0)
        adam.step()
        with torch.no_grad():
            x.clamp_(0, 1)
        track.append([float(p.detach()) for p in parts])
    tensors["trajectory.losses"], tensors["trajectory.image"] = np.array(track), nhwc(x)

    header, blobs, at = {"__metadata__": {"torch": torch.__version__}}, [], 0
    for name, a in tensors.items():
        blob = np.ascontiguousarray(a, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(a.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open("thin_golden.safetensors", "wb") as f:
        f.write(len(head).to_bytes(8, "little") + head + b"".join(blobs))
    print(track[0], track[-1])


if __name__ == "__main__":
    main()
