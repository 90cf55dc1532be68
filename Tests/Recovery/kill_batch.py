"""Kills a batch at random moments, again and again, and looks at what is left.

    python3 kill_batch.py IMPASTO HOME [ROUNDS [SEED]]

HOME is a folder whose models/ hold 'magenta'. After each round one more call must leave exactly the set
that a batch without kills paints, byte for byte, and nothing else.
"""

import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib


def png(path, width, height, pixels):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + pixels[3 * width * y:3 * width * (y + 1)] for y in range(height))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def files(folder):
    """What there is, by name; the ledger holds times."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name not in ("ledger.json", "lock"):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def main():
    program, home = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="impasto-kill-")
    os.makedirs(f"{folder}/photos")
    for number in range(8):
        png(f"{folder}/photos/p{number}.png", 32, 24, chance.randbytes(32 * 24 * 3))
    for name in ("monet", "klee"):
        png(f"{folder}/{name}.png", 30, 30, chance.randbytes(30 * 30 * 3))
    environment = dict(os.environ, IMPASTO_HOME=home)

    def start(output):
        return subprocess.Popen(
            [program, "batch", f"{folder}/photos", "--style", f"{folder}/monet.png", "--style",
             f"{folder}/klee.png", "--method", "instant", "--size", "48", "-o", output, "--json"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(output):
        process = start(output)
        said, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        return json.loads(said.splitlines()[-1])

    begun = time.monotonic()
    assert finish(f"{folder}/reference")["done"] == 16
    whole = time.monotonic() - begun
    reference = files(f"{folder}/reference")
    kills, kept = 0, 0
    for number in range(rounds):
        output = f"{folder}/out-{number}"
        for _ in range(chance.randint(1, 3)):
            process = start(output)
            try:
                process.wait(timeout=chance.random() * whole * 1.1)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
            process.communicate()
            if os.path.isdir(output):
                for name in os.listdir(output):
                    if name.endswith(".png"):
                        assert open(f"{output}/{name}", "rb").read() == reference[name], name
        summary = finish(output)
        kept += summary["skipped"]
        assert summary["done"] + summary["skipped"] == 16, summary
        left = files(output)
        assert left == reference, sorted(set(left) ^ set(reference)) or "a file is another"
        assert finish(output)["skipped"] == 16
        shutil.rmtree(output)
    print(f"{rounds} rounds, {kills} kills, {kept} pictures kept over them, seed {seed}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
