#!/usr/bin/env python3
"""Measures the studio's manners on a terminal that is a pipe with a clock: no emulator slows it down.

  studio_manners.py IMPASTO [--size 256] [--keys 300] [--iterations 60] [--rounds 3]

Prints, with a run that uses all cores behind it:
  - from key to paint: p50, p99 and the most, for keys of the workspace and for letters typed in a dialog,
  - frames and bytes a second, and iterations a second beside them;
with the run paused: CPU seconds and bytes over five seconds; and last seconds an iteration in the studio against
`impasto render` of the same recipe, in turns, so that a noisy machine is noisy for both.
The model vgg16 must be installed where IMPASTO_HOME or the user's data folder says.
"""
import argparse
import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONTENT = f"{ROOT}/samples/content/harbor.jpg"
STYLE = f"{ROOT}/samples/style/impasto-knife.jpg"
SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?>=]*[@-~]|[@-Z\\-_78=>()].?|\][^\x07\x1b]*(?:\x07|\x1b\\))")
FRAME_END = b"\x1b[?2026l"
DIALOG_LETTERS = "WVYUQJ"  # on no other place of the screen


class Studio:
    """The studio on a terminal of true color that answers the questions it is asked."""

    def __init__(self, impasto, columns=120, rows=40):
        self.impasto = impasto
        self.output = bytearray()
        self.arrivals = []  # (time, bytes so far)
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
            for name in ("TMUX", "STY", "NO_COLOR"):
                environment.pop(name, None)
            os.execve(impasto, [impasto, "studio", CONTENT, STYLE, "--graphics", "symbols"], environment)
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 8, rows * 16))
        self.wait_for(b"\x1b[c", plain=False)
        self.send("\x1b[?2026;2$y\x1b[?62;22c")
        self.wait_for(b"takes")

    def send(self, text):
        os.write(self.tty, text.encode())

    def read(self, timeout):
        """Takes what is there, waiting at most so long for the first of it; the time it came, or None."""
        if not select.select([self.tty], [], [], max(0, timeout))[0]:
            return None
        data = os.read(self.tty, 1 << 18)
        now = time.perf_counter()
        self.output += data
        self.arrivals.append((now, len(self.output)))
        return now

    def drain(self, seconds):
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def wait_for(self, text, since=0, timeout=120, plain=True):
        """Waits until a text has been painted, and returns when."""
        now, end = time.perf_counter(), time.perf_counter() + timeout
        while True:
            seen = bytes(self.output[since:])
            if text in (SEQUENCE.sub(b"", seen) if plain else seen):
                return now
            now = self.read(end - time.perf_counter())
            if now is None:
                raise SystemExit(f"waited in vain for {text!r}; the last output was {bytes(self.output[-300:])!r}")

    def press(self, keys, text):
        """Presses a key and returns how long it took until a text was painted."""
        since, start = len(self.output), time.perf_counter()
        self.send(keys)
        return self.wait_for(text, since) - start

    def set(self, downs, value):
        """Types a slider's value; the sliders have the keys."""
        self.send("\x1b[A" * 9 + "\x1b[B" * downs)
        self.press(value[0], b"Enter")
        self.send(value[1:] + "\r")
        self.drain(0.3)

    def prepare(self, size, iterations):
        self.send("\t")
        self.set(3, str(iterations))
        self.set(4, str(size))
        self.drain(3)  # a new estimate

    def cpu_seconds(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.tty)


def quantiles(seconds):
    ordered = sorted(1000 * value for value in seconds)
    p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return f"p50 {statistics.median(ordered):6.1f} ms   p99 {p99:6.1f} ms   most {ordered[-1]:6.1f} ms   ({len(ordered)} keys)"


def measure_keys(impasto, size, keys):
    studio = Studio(impasto)
    studio.prepare(size, 1_000_000)
    studio.press(" ", b"running")
    studio.drain(3)
    rhythm = random.Random(1)

    # Both names are painted anew when the cursor moves from one slider to the other.
    studio.send("\x1b[A" * 9)
    workspace = []
    studio.drain(0.5)
    for number in range(keys):
        key, name = ("\x1b[B", b"style weight") if number % 2 == 0 else ("\x1b[A", b"content weight")
        workspace.append(studio.press(key, name))
        studio.drain(rhythm.uniform(0.03, 0.15))
    print(f"key to paint, workspace: {quantiles(workspace)}", flush=True)

    studio.press(":", b"Commands")
    dialog = []
    for number in range(keys):
        letter = DIALOG_LETTERS[number % len(DIALOG_LETTERS)]
        dialog.append(studio.press(letter, letter.encode()))
        studio.drain(rhythm.uniform(0.03, 0.15))
        studio.send("\x7f")
        studio.drain(0.08)
    print(f"key to paint, dialog:    {quantiles(dialog)}", flush=True)
    studio.send("\x1b")
    studio.drain(1)

    since, start, seconds = len(studio.output), time.perf_counter(), 10
    cpu = studio.cpu_seconds()
    studio.drain(seconds)
    seconds = time.perf_counter() - start
    frames = [len(frame) for frame in bytes(studio.output[since:]).split(FRAME_END)]
    large = sum(1 for frame in frames if frame > 2000)
    print(
        f"while it runs: {len(frames) / seconds:.1f} frames/s, {large / seconds:.1f} with a new picture, "
        f"{sum(frames) / seconds / 1000:.0f} kB/s, {(studio.cpu_seconds() - cpu) / seconds:.2f} cores", flush=True)

    studio.press(" ", b"paused")
    studio.drain(2)
    since, cpu = len(studio.output), studio.cpu_seconds()
    studio.drain(5)
    print(f"idle for 5 s: {studio.cpu_seconds() - cpu:.2f} CPU seconds, {len(studio.output) - since} bytes", flush=True)
    studio.close()


def studio_seconds(impasto, size, iterations):
    studio = Studio(impasto)
    studio.prepare(size, iterations)
    since = len(studio.output)
    studio.send(" ")
    start = studio.wait_for(b"running", since)
    end = studio.wait_for(b"done after", since, timeout=3600)
    studio.close()
    return (end - start) / iterations


def render_seconds(impasto, size, iterations):
    with tempfile.TemporaryDirectory() as folder:
        command = [impasto, "render", CONTENT, STYLE, "-o", f"{folder}/out.png", "--json",
                   "--size", str(size), "--iterations", str(iterations)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        start = None
        for line in process.stdout:
            event = json.loads(line)["event"]
            start = start or time.perf_counter()
            if event == "finished":
                end = time.perf_counter()
        process.wait()
        return (end - start) / iterations


def measure_slowdown(impasto, size, iterations, rounds):
    inside, outside = [], []
    for _ in range(rounds):
        outside.append(render_seconds(impasto, size, iterations))
        inside.append(studio_seconds(impasto, size, iterations))
    print("seconds an iteration, studio: " + " ".join(f"{value:.4f}" for value in inside))
    print("seconds an iteration, render: " + " ".join(f"{value:.4f}" for value in outside))
    ratios = [a / b for a, b in zip(inside, outside)]
    print(f"slow-down by the interface: {100 * (statistics.median(ratios) - 1):+.1f} % "
          f"(least against least {100 * (min(inside) / min(outside) - 1):+.1f} %)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("impasto", nargs="?", default=f"{ROOT}/.build/release/impasto")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--iterations", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    measure_keys(options.impasto, options.size, options.keys)
    measure_slowdown(options.impasto, options.size, options.iterations, options.rounds)


if __name__ == "__main__":
    main()
