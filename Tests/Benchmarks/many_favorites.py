#!/usr/bin/env python3
"""Measures the gallery of a library with many favorites.

  many_favorites.py IMPASTO [--count 10000] [--rounds 5] [--home FOLDER]

Makes the library first, unless FOLDER has one; then opens the gallery in the studio, types words into its
search and takes them back. Prints milliseconds from key to the first new picture of the screen and until the
screen is still, thumbnails included, the CPU milliseconds of it, and the memory of the process.
"""
import argparse
import os
import random
import statistics
import struct
import subprocess
import tempfile
import time
import zlib

import studio_manners

PAINTERS = ["klee", "munch", "monet", "hokusai", "cassatt", "turner"]
PLACES = ["harbor", "street", "valley", "portrait", "lighthouse"]
STILL = 0.4  # seconds without output


def png(path, width, height, pixels):
    """Writes an RGB picture."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + pixels[y * width * 3:(y + 1) * width * 3] for y in range(height))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def fill(impasto, count):
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            png(f"{folder}/{number}.png", 48, 32, chance.randbytes(48 * 32 * 3))
            with open(f"{folder}/{number}.yaml", "w") as file:
                file.write(f"content: {chance.choice(PLACES)}-{number}.jpg\n"
                           f"styles: [{chance.choice(PAINTERS)}.png]\nsize: 64\n")
        subprocess.run([impasto, "favorites", "import", folder], check=True)


def memory(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def measure(studio, keys):
    """Milliseconds until the screen changes, until it is still, and of the processor."""
    start, cpu, frames = time.perf_counter(), studio.cpu_seconds(), []
    studio.send(keys)
    while (now := studio.read(60 if not frames else STILL)) is not None:
        frames.append(now)
    if not frames:
        raise SystemExit(f"nothing came of {keys!r}")
    return [1000 * (frames[0] - start), 1000 * (frames[-1] - start), 1000 * (studio.cpu_seconds() - cpu)]


def report(title, values):
    first, still, cpu = (statistics.median(column) for column in zip(*values))
    most = max(value[1] for value in values)
    print(f"{title:18} first change {first:6.1f} ms   still after {still:6.1f} ms (most {most:.1f})   "
          f"CPU {cpu:5.0f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("impasto", nargs="?", default=f"{studio_manners.ROOT}/.build/release/impasto")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--home")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IMPASTO_HOME"] = options.home or folder
        if not os.path.exists(f"{os.environ['IMPASTO_HOME']}/library.sqlite"):
            fill(options.impasto, options.count)
        opened, typed, erased = [], [], []
        for _ in range(options.rounds):
            studio = studio_manners.Studio(options.impasto)
            studio.drain(2)
            before = memory(studio.pid)
            opened.append(measure(studio, "F"))
            browsing = memory(studio.pid)
            measure(studio, "/")
            for letter in "harbor klee":
                typed.append(measure(studio, letter))
            erased += [measure(studio, "\x7f") for _ in range(6)]
            after = memory(studio.pid)
            studio.close()
        report("opening", opened)
        report("a letter more", typed)
        report("a letter less", erased)
        print(f"memory: {before:.0f} MB before, {browsing:.0f} MB with the gallery, {after:.0f} MB after the search")


if __name__ == "__main__":
    main()
