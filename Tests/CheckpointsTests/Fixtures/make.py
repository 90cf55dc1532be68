#!/usr/bin/env python3
"""Makes the fixtures beside it, with libraries that this project did not write: h5py, safetensors, torch."""
import os
import zipfile

import h5py
import numpy as np
import torch
from safetensors.torch import save_file

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def ramp(*shape):
    """0, 0.5, 1, …: exact in every type used here."""
    return np.arange(np.prod(shape, dtype=int)).reshape(shape) / 2


with h5py.File("datasets.h5", "w") as f:
    f.create_dataset("contiguous", data=ramp(3, 4).astype("f4"))
    f.create_dataset("group/inner/chunked", data=ramp(20, 30).astype("f4"), chunks=(7, 8), compression="gzip", shuffle=True)
    f.create_dataset("group/half", data=ramp(5).astype("f2"))
    f.create_dataset("group/double", data=ramp(2, 3).astype("f8"))
    f.create_dataset("group/bigendian", data=ramp(2, 2, 2).astype(">f4"))
    f.create_dataset("group/kernel:0", data=ramp(1, 2, 3, 4).astype("f4"))
    f.create_dataset("scalar", data=np.float32(0.5))
    f.create_dataset("empty", shape=(0, 3), dtype="f4")
    f.create_dataset("integers", data=np.arange(4))
    f.create_dataset("text", data="not a tensor")

with h5py.File("hostile.h5", "w") as f:
    f.create_dataset("harmless", data=ramp(4).astype("f4"))
    f.create_dataset("huge", shape=(1 << 20, 1 << 20, 1 << 10), dtype="f4", chunks=(64, 64, 64))
    f.create_dataset("outside", shape=(4,), dtype="f4", external=[("/proc/self/stat", 0, 16)])
    f["elsewhere"] = h5py.ExternalLink("/proc/self/stat", "/")
    f["loop"] = f["/"]

bfloat = torch.tensor([1.0, -2.5, 3.140625], dtype=torch.bfloat16)
save_file(
    {
        "single": torch.tensor(ramp(2, 3), dtype=torch.float32),
        "half": torch.tensor(ramp(5), dtype=torch.float16),
        "bfloat": bfloat,
        "integers": torch.arange(4),
        "scalar": torch.tensor(0.5),
        "empty": torch.zeros(0, 3),
    },
    "official.safetensors",
    metadata={"who": "torch \"2\"", "what": "é"},
)

with zipfile.ZipFile("../../ArchivesTests/Fixtures/members.zip", "w", zipfile.ZIP_DEFLATED) as f:
    f.writestr("stored.txt", "stored", zipfile.ZIP_STORED)
    f.writestr("folder/deflated.txt", "deflated " * 500)
    f.writestr("empty", "")
    f.comment = b"a comment behind the directory"
