"""Runs a batch on a cluster of two nodes that this machine plays, kills one of them, and compares with a
local run, byte for byte.

    python3 cluster.py IMPASTO

Needs Debian's slurm-wlm and munge, root, and the model vgg16. Everything else, the configuration of Slurm
and munge and their state included, lies in a temporary folder and goes with it.
"""

import json
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib

NEEDED = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel"]

CONFIGURATION = """
ClusterName=impasto
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
MpiDefault=none
ReturnToService=2
SlurmdTimeout=5
KillWait=2
MaxArraySize=101
NodeName=n[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port={ports} CPUs=1 RealMemory=2000
PartitionName=main Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
"""


def png(path, width, height, pixels):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + pixels[3 * width * y:3 * width * (y + 1)] for y in range(height))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def free_ports(count):
    """Ports in a row that nobody listens on."""
    while True:
        first = random.randrange(20000, 60000)
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue


def descendants(process):
    """A process and all below it."""
    with open(f"/proc/{process}/task/{process}/children") as file:
        children = [int(child) for child in file.read().split()]
    return [process] + [below for child in children for below in descendants(child)]


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        os.makedirs(f"{folder}/state")
        with open(f"{folder}/munge.key", "wb") as file:
            file.write(os.urandom(1024))
        os.chmod(f"{folder}/munge.key", 0o400)
        port = free_ports(3)
        self.configuration = f"{folder}/slurm.conf"
        with open(self.configuration, "w") as file:
            file.write(CONFIGURATION.format(
                folder=folder, host=socket.gethostname().split(".")[0], port=port,
                ports=f"[{port + 1}-{port + 2}]"))
        os.environ["SLURM_CONF"] = self.configuration

    def start(self):
        self.daemon("munged", "--foreground", "--force", f"--socket={self.folder}/munge.socket",
                    f"--key-file={self.folder}/munge.key", f"--pid-file={self.folder}/munge.pid",
                    f"--log-file={self.folder}/munge.log", f"--seed-file={self.folder}/munge.seed")
        self.wait("munge", lambda: os.path.exists(f"{self.folder}/munge.socket"))
        self.daemon("slurmctld", "-D", "-f", self.configuration)
        self.nodes = {name: self.daemon("slurmd", "-D", "-f", self.configuration, "-N", name)
                      for name in ("n1", "n2")}
        self.wait("two idle nodes", lambda: self.ask(
            "sinfo", "--noheader", "--Node", "--format=%t").split() == ["idle", "idle"])

    def daemon(self, *command):
        log = open(f"{self.folder}/{command[0]}.out", "ab")
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.processes.append(process)
        return process

    def ask(self, *command):
        return subprocess.run(command, capture_output=True, text=True).stdout

    def wait(self, what, is_so, seconds=180):
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"no {what} after {seconds} seconds"
            time.sleep(0.2)

    def kill(self, node):
        """What a power cut does: the node's daemon, its steps and all that they started are gone."""
        gone = set(descendants(self.nodes[node].pid))
        # Steps leave their daemon; what they run knows its node.
        for entry in os.listdir("/proc"):
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    variables = file.read().split(b"\0")
            except (OSError, ValueError):
                continue
            is_ours = f"SLURM_CONF={self.configuration}".encode() in variables
            if is_ours and f"SLURMD_NODENAME={node}".encode() in variables:
                gone.add(int(entry))
                with open(f"/proc/{entry}/stat") as file:
                    gone.add(int(file.read().rsplit(")", 1)[1].split()[1]))  # its slurmstepd
        gone -= {1, os.getpid()}
        for process in gone:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return len(gone)

    def stop(self):
        for process in reversed(self.processes):
            for below in (descendants(process.pid) if process.poll() is None else []):
                try:
                    os.kill(below, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()


class Trial:
    def __init__(self, program, folder, cluster):
        self.program, self.folder, self.cluster = program, folder, cluster
        chance = random.Random(5)
        os.makedirs(f"{folder}/photos")
        for number in range(12):
            coarse = [chance.randbytes(3 * 64) for _ in range(48)]
            png(f"{folder}/photos/p{number:02}.png", 64, 48, b"".join(coarse))
        for name in ("monet", "klee"):
            png(f"{folder}/{name}.png", 64, 64, chance.randbytes(3 * 64 * 64))

    def run(self, *arguments, code=0):
        result = subprocess.run([self.program, "batch", *arguments], capture_output=True, text=True)
        assert result.returncode == code, (arguments, result.returncode, result.stdout, result.stderr)
        return result

    def batch(self, output, *more, iterations=6, code=0):
        return self.run(
            f"{self.folder}/photos", "--style", f"{self.folder}/monet.png", "--style",
            f"{self.folder}/klee.png", "--size", "64", "--iterations", str(iterations), "-o",
            f"{self.folder}/{output}", *more, code=code)

    def submit(self, output, *more, **options):
        said = self.batch(output, "--engine", "slurm", "--json", *more, **options)
        return json.loads(said.stdout)

    def status(self, output):
        return json.loads(self.run("status", f"{self.folder}/{output}", "--json").stdout)

    def pictures(self, output):
        folder = f"{self.folder}/{output}"
        names = [name for name in os.listdir(folder) if name.endswith(".png") and name[0] == "p"]
        return {name: open(f"{folder}/{name}", "rb").read() for name in names}

    def finished(self, output):
        return not self.status(output)["isActive"]

    def play(self):
        begun = time.monotonic()
        self.batch("local", "--jobs", "2", "--threads", "1", "--quiet")
        local = self.pictures("local")
        assert len(local) == 24
        print(f"local: 24 pictures in {time.monotonic() - begun:.0f} s")

        begun = time.monotonic()
        job = self.submit("shared", "--shard-seconds", "4")
        print(f"submitted: {job}")
        assert job["pictures"] == 24 and job["shards"] >= 3, job
        refused = self.batch("shared", "--engine", "slurm", code=69)
        assert "is still at work" in refused.stderr or "another batch" in refused.stderr, refused
        # In the middle of a node's shard.
        running = lambda: "n1" in self.cluster.ask(
            "squeue", "--noheader", "--states=RUNNING", "--format=%N")
        self.cluster.wait("work on n1", lambda: running() and 2 <= len(self.pictures("shared")) < 20)
        print(f"n1 is gone: {self.cluster.kill('n1')} processes killed, "
              f"{len(self.pictures('shared'))} pictures there")
        restarted = lambda: "Restarts=1" in self.cluster.ask("scontrol", "show", "job", job["job"])
        self.cluster.wait("requeue", restarted)
        self.cluster.wait("end", lambda: self.finished("shared"), seconds=400)
        collected = self.run("collect", f"{self.folder}/shared", "--json", "--favorites")
        report = json.loads(collected.stdout)
        assert report["done"] == 24 and report["favorites"] == 24, report
        assert self.pictures("shared") == local, "the cluster paints other bytes"
        hidden = [name for name in os.listdir(f"{self.folder}/shared")
                  if name.startswith(".impasto-")]
        assert not hidden, hidden
        print(f"cluster: a shard was requeued, the same 24 pictures in {time.monotonic() - begun:.0f} s")
        again = self.batch("shared", "--engine", "slurm")
        assert again.stdout == "all 24 pictures are there already\n", again

        refused = self.batch("other", "--engine", "slurm", "--slurm-option=--partition=none", code=69)
        print(refused.stderr.strip())
        assert refused.stderr.startswith("impasto: error: sbatch: "), refused

        self.submit("starved", "--slurm-option=--mem=20M", "--shard-seconds", "1000000",
                    iterations=2000)
        self.cluster.wait("end", lambda: self.finished("starved"))
        status = self.run("status", f"{self.folder}/starved")
        print(status.stderr.strip())
        assert "shard 0: OUT_OF_MEMORY" in status.stderr, status
        assert "hint: submit again with more memory" in status.stderr, status
        self.run("collect", f"{self.folder}/starved", code=1)

        self.submit("long", iterations=100000)
        self.cluster.wait("start", lambda: any(
            shard["state"].startswith("RUNNING") for shard in self.status("long")["shards"]))
        print(self.run("cancel", f"{self.folder}/long").stdout.strip())
        self.cluster.wait("end", lambda: self.finished("long"))


def main():
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        sys.exit(f"needs root, and {', '.join(missing) or 'nothing else'}: "
                 "apt-get install slurm-wlm munge")
    folder = tempfile.mkdtemp(prefix="impasto-slurm-")
    cluster = Cluster(folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    # Favorites are not to be the user's.
    home = f"{folder}/home"
    models = subprocess.run([sys.argv[1], "models", "path", "vgg16"], capture_output=True, text=True)
    if models.returncode != 0:
        sys.exit(models.stderr)
    os.makedirs(home)
    os.symlink(os.path.dirname(models.stdout.strip()), f"{home}/models")
    os.environ["IMPASTO_HOME"] = home
    try:
        cluster.start()
        Trial(os.path.abspath(sys.argv[1]), folder, cluster).play()
    except BaseException:
        print(f"failed; what is left lies in {folder}")
        raise
    finally:
        cluster.stop()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
