"""Kills impasto at random moments while it renders, keeps favorites and runs its studio, and looks at
what is left.

    python3 kill.py IMPASTO THIN_MODEL [ROUNDS [SEED]]

IMPASTO is the program, THIN_MODEL a small network (StylingTests/Fixtures/thin_golden.safetensors).
After every kill: the library opens, its integrity check passes, every entry has its picture, and no
favorite is missing that was acknowledged; a picture file is whole or not there; a run that goes on
ends with the same bytes as one that was never interrupted, also one of the studio; every run of the
history can be read. Needs nothing but Python.
"""
import fcntl
import json
import os
import pty
import random
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import zlib


def png(path, width, height, pixels):
    """Writes an RGB picture."""
    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body
                + struct.pack(">I", zlib.crc32(kind + body)))
    rows = b"".join(
        b"\0" + pixels[y * width * 3:(y + 1) * width * 3] for y in range(height))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def is_whole(path):
    data = open(path, "rb").read()
    return data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")


class Harness:
    def __init__(self, program, model, seed):
        self.program = program
        self.random = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="impasto-kill-")
        self.home = f"{self.folder}/home"
        os.makedirs(f"{self.home}/models")
        for name in ("thin", "vgg16"):  # the studio's network is vgg16
            shutil.copy(model, f"{self.home}/models/{name}.safetensors")
        self.photo, self.painting = f"{self.folder}/photo.png", f"{self.folder}/painting.png"
        png(self.photo, 60, 40, self.random.randbytes(60 * 40 * 3))
        png(self.painting, 48, 50, self.random.randbytes(48 * 50 * 3))
        self.acknowledged = set()
        self.kills = 0
        self.resumed = 0
        self.lost = 0
        self.reference = None
        self.studio_reference = None
        self.studio_runs = 0

    def start(self, *arguments):
        return subprocess.Popen(
            [self.program, *arguments], env={**os.environ, "IMPASTO_HOME": self.home},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments):
        process = self.start(*arguments)
        output, errors = process.communicate()
        assert process.returncode == 0, (arguments, process.returncode, errors.decode())
        return output.decode()

    def kill(self, processes, most):
        """Kills each after it has written up to so many lines, and a moment more.

        Counting lines hits the same places however busy the machine is. Returns the JSON lines that
        each had finished writing.
        """
        outputs = [b""] * len(processes)

        def end(index, lines, pause):
            process = processes[index]
            for _ in range(lines):
                line = process.stdout.readline()
                outputs[index] += line
                if not line:
                    break
            time.sleep(pause)  # not a wait for anything: when it is killed is left to chance
            process.send_signal(signal.SIGKILL)
            outputs[index] += process.stdout.read()
            process.communicate()

        threads = [
            threading.Thread(target=end, args=(
                index, self.random.randint(0, most), self.random.choice([0, 0.003, 0.03, 0.3])
                * self.random.random()))
            for index in range(len(processes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.kills += len(processes)
        return [[json.loads(line) for line in output.split(b"\n")[:-1]] for output in outputs]

    def check_library(self):
        if not os.path.exists(f"{self.home}/library.sqlite"):
            assert not self.acknowledged
            return
        database = sqlite3.connect(f"{self.home}/library.sqlite")
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()
        listed = json.loads(self.run("favorites", "list", "--json", "--limit", "1000000"))
        missing = self.acknowledged - {favorite["id"] for favorite in listed}
        assert not missing, f"missing {missing}"
        for favorite in listed:
            assert is_whole(favorite["picture"]), favorite["picture"]

    def keep(self, round):
        """Two processes keep favorites and are killed."""
        processes = []
        for part in range(2):
            folder = f"{self.folder}/in-{round}-{part}"
            os.makedirs(folder)
            for number in range(12):
                png(f"{folder}/{number}.png", 20, 16, self.random.randbytes(20 * 16 * 3))
                with open(f"{folder}/{number}.yaml", "w") as file:
                    file.write(f"content: photo-{number}.jpg\nstyles: [klee.png]\nsize: 64\n")
            processes.append(self.start("favorites", "import", folder, "--json"))
        for favorites in self.kill(processes, 12):
            self.acknowledged |= {favorite["id"] for favorite in favorites}
        self.check_library()
        if self.acknowledged and self.random.random() < 0.5:
            gone = self.random.choice(sorted(self.acknowledged))
            self.kill([self.start("favorites", "remove", gone, "--yes")], 0)
            self.acknowledged.discard(gone)  # either is right
            self.check_library()
        for part in range(2):
            shutil.rmtree(f"{self.folder}/in-{round}-{part}")

    def paint(self, round):
        """A render is killed, perhaps several times, and goes on to its end."""
        recipe = [self.photo, self.painting, "--model", "thin", "--size", "60",
                  "--iterations", "120"]
        if self.reference is None:
            self.run("render", *recipe, "-o", f"{self.folder}/reference.png", "--quiet")
            self.reference = open(f"{self.folder}/reference.png", "rb").read()
        output = f"{self.folder}/out-{round}.png"
        saving = ["--checkpoint-every", "0.02", "--json"]
        arguments = ["render", *recipe, "-o", output, *saving]
        last = None
        for _ in range(self.random.randint(1, 3)):
            events = self.kill([self.start(*arguments)], 60)[0]
            iterations = [event for event in events if event["event"] == "iteration"]
            if last is not None and iterations and arguments[1] == "--resume":
                self.lost = max(self.lost, last - iterations[0]["iteration"])
                self.resumed += 1
            if iterations:
                last = iterations[-1]["iteration"]
            if os.path.exists(output):
                assert is_whole(output)
            if not self.has_checkpoint():
                break
            arguments = ["render", "--resume", *saving]
        if self.has_checkpoint():
            self.run("render", "--resume", "--quiet")
            self.resumed += 1
        else:
            self.run("render", *recipe, "-o", output, "--quiet")
        assert open(output, "rb").read() == self.reference, "the picture is another"
        assert not self.has_checkpoint(), "what was saved is still there"
        os.unlink(output)

    def studio(self, round):
        """A studio is killed while it paints, perhaps halted; its run goes on to its end."""
        process, terminal = pty.fork()
        if process == 0:
            os.environ.update(IMPASTO_HOME=self.home, IMPASTO_SIZE="48", TERM="xterm-256color",
                              LANG="C.UTF-8")
            os.execv(self.program, [self.program, "studio", self.photo, self.painting])
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        before = set(self.runs())
        deadline = time.monotonic() + 60
        self.drain(terminal, 0.5)
        # Space starts as soon as the pictures were read, and halts and goes on afterwards.
        while set(self.runs()) == before:
            assert time.monotonic() < deadline, "the studio does not start"
            os.write(terminal, b" ")
            self.drain(terminal, 0.2)
        self.drain(terminal, self.random.choice([0.01, 0.1, 1]) * self.random.random())
        for _ in range(self.random.choice([0, 1, 1, 2])):
            os.write(terminal, b" ")
            self.drain(terminal, 0.5 * self.random.random())
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
        self.kills += 1
        listed = {run["run"]: run for run in json.loads(self.run("history", "list", "--json"))}
        for name in set(self.runs()) - before:
            assert name in listed or not self.saved(name), f"{name} is not in the history"
            if not self.saved(name):
                continue
            assert listed[name]["state"] in ("interrupted", "completed"), listed[name]
            output = f"{self.folder}/studio-{round}.png"
            self.run("render", "--resume", name, "-o", output, "--quiet")
            if self.studio_reference is None:
                self.run("history", "export", name, "-o", f"{self.folder}/run")
                self.run("render", "--recipe", f"{self.folder}/run/recipe.yaml", "-o",
                         f"{self.folder}/studio.png", "--quiet", "--no-history")
                self.studio_reference = open(f"{self.folder}/studio.png", "rb").read()
            assert open(output, "rb").read() == self.studio_reference, "the picture is another"
            os.unlink(output)
            self.studio_runs += 1
        assert not self.has_checkpoint(), "what was saved is still there"

    def drain(self, terminal, seconds):
        """Reads what the studio draws, for so long."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], rest)[0]:
                try:
                    os.read(terminal, 1 << 16)
                except OSError:  # it is gone
                    return

    def runs(self):
        folder = f"{self.home}/runs"
        return os.listdir(folder) if os.path.isdir(folder) else []

    def saved(self, name):
        return os.path.exists(f"{self.home}/runs/{name}/checkpoint.safetensors")

    def has_checkpoint(self):
        return any(self.saved(name) for name in self.runs())

    def play(self, rounds):
        for round in range(rounds):
            (self.keep, self.paint, self.studio)[round % 3](round)
        self.run("history", "list", "--json")
        leftovers = [name for name in os.listdir(f"{self.home}/pictures") if name[0] == "."]
        print(f"{rounds} rounds, {self.kills} kills, {len(self.acknowledged)} favorites kept, "
              f"{self.resumed} runs and {self.studio_runs} of the studio gone on with, at most {self.lost} iterations lost, "
              f"{len(leftovers)} unfinished files")


if __name__ == "__main__":
    program, model = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(1 << 32)
    harness = Harness(os.path.abspath(program), model, seed)
    try:
        harness.play(rounds)
    except BaseException:
        print(f"failed with seed {seed}; what is left lies in {harness.folder}")
        raise
    shutil.rmtree(harness.folder)
