#!/usr/bin/env python3
"""Times Impasto's iterations against PyTorch's, in turns, so that a noisy machine is noisy for both.

  against_pytorch.py IMPASTO [--sizes 256,512] [--rounds 3] [--iterations 6] [--threads 2]

PyTorch does the same work: VGG-16 up to conv5_1 with the content loss at conv4_2, Gram losses at conv1_1 ... conv5_1,
the gradient with respect to the picture, clipping and Adam. Its weights are random, which costs the same. Prints the
median over the rounds of each program's median seconds an iteration and peak memory. Needs torch.
"""
import argparse
import json
import resource
import statistics
import subprocess
import sys
import time

BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (1, 512)]
STYLE = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]
CONTENT = "conv4_2"


def time_pytorch(size, iterations, threads):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    layers, inputs = {}, 3
    for block, (count, outputs) in enumerate(BLOCKS, 1):
        for index in range(1, count + 1):
            weight = torch.randn(outputs, inputs, 3, 3) * (2 / (9 * inputs)) ** 0.5
            layers[f"conv{block}_{index}"] = (weight, torch.zeros(outputs))
            inputs = outputs

    def features(x):
        out = {}
        for name, (weight, bias) in layers.items():
            if name.endswith("_1") and name != "conv1_1":
                x = F.max_pool2d(x, 2)
            x = out[name] = F.relu(F.conv2d(x, weight, bias, padding=1))
        return out

    def gram(f):
        v = f.reshape(f.shape[1], -1)
        return v @ v.t() / v.shape[1]

    content, style = torch.rand(1, 3, size, size), torch.rand(1, 3, size, size)
    with torch.no_grad():
        target = features(content)[CONTENT]
        grams = {name: gram(f) for name, f in features(style).items() if name in STYLE}
    x = content.clone().requires_grad_(True)
    adam, seconds = torch.optim.Adam([x], lr=0.02, betas=(0.99, 0.999)), []
    for _ in range(iterations + 1):
        start = time.perf_counter()
        adam.zero_grad()
        f = features(x)
        loss = ((f[CONTENT] - target) ** 2).sum() / (target**2).sum()
        for name in STYLE:
            loss = loss + 2 * ((gram(f[name]) - grams[name]) ** 2).sum() / (grams[name] ** 2).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([x], 5.0)
        adam.step()
        with torch.no_grad():
            x.clamp_(0, 1)
        seconds.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"medianSecondsPerIteration": statistics.median(seconds[1:]), "peakMemoryBytes": memory}))


def run(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(options):
    print("size  Impasto s  PyTorch s  ratio  Impasto MB  PyTorch MB  ratio")
    for size in options.sizes.split(","):
        shared = ["--size", size, "--iterations", str(options.iterations), "--threads", str(options.threads)]
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(run([options.impasto, "bench", "--json", *shared]))
            theirs.append(run([sys.executable, __file__, "--pytorch", *shared]))
        a, b = ([statistics.median(r["medianSecondsPerIteration"] for r in runs) for runs in (ours, theirs)])
        m, n = ([statistics.median(r["peakMemoryBytes"] for r in runs) / 1e6 for runs in (ours, theirs)])
        print(f"{size:>4}  {a:9.3f}  {b:9.3f}  {a / b:5.2f}  {m:10.0f}  {n:10.0f}  {m / n:5.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("impasto", nargs="?", default=".build/release/impasto")
    parser.add_argument("--sizes", default="256,512")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--iterations", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--size", type=int, default=256, help=argparse.SUPPRESS)
    parser.add_argument("--pytorch", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pytorch:
        time_pytorch(options.size, options.iterations, options.threads)
    else:
        compare(options)


if __name__ == "__main__":
    main()
