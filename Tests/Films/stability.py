"""How much a painted film flickers, against painting frame by frame, where motion is known.

    python3 Tests/Films/stability.py IMPASTO STYLE FIRST.jpg SECOND.jpg [SIZE...]

Needs numpy, ffmpeg, and photographs: a camera that pans and zooms over the first, with noise as cameras have
it; and a part of the second that moves across the first. Each film is painted with --steadiness 0, which
is frame by frame, and as it is by default. Printed is the mean difference, in levels of 255, between each
painted frame and the one before, moved as the film was; what was hidden or outside is left out.
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np

FRAMES = 24


def photograph(path, longer):
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "json", path],
        check=True, capture_output=True)
    stream = json.loads(probe.stdout)["streams"][0]
    scale = longer / max(stream["width"], stream["height"])
    width, height = round(stream["width"] * scale), round(stream["height"] * scale)
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-vf", f"scale={width}:{height}:flags=lanczos",
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(height, width, 3).astype(np.float32)


def sample(image, x, y):
    """Bilinear; places outside take the edge's color."""
    height, width = image.shape[:2]
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    across, down = (x - left)[..., None], (y - top)[..., None]
    upper = image[top, left] * (1 - across) + image[top, left + 1] * across
    lower = image[top + 1, left] * (1 - across) + image[top + 1, left + 1] * across
    return upper * (1 - down) + lower * down


def camera(photo, width, height):
    """A pan with a zoom; frames, and for each but the first where its pixels were, and whether seen."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)

    def view(t):  # a frame's pixel (x, y) shows the photograph at scale * (x, y) + offset
        scale = 1.25 - 0.25 * t / FRAMES
        return scale, 10 + 1.7 * t * width / 256, 8 + 0.9 * t * width / 256

    frames, motions = [], []
    for t in range(FRAMES):
        scale, left, top = view(t)
        frames.append(sample(photo, scale * x + left, scale * y + top))
        if t:
            before, left0, top0 = view(t - 1)
            was_x, was_y = (scale * x + left - left0) / before, (scale * y + top - top0) / before
            inside = (was_x >= 0) & (was_x <= width - 1) & (was_y >= 0) & (was_y <= height - 1)
            motions.append((was_x, was_y, inside))
    return frames, motions


def moving_object(photo, other, width, height):
    """A disk of another photograph moves across one that stands still."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = 0.22 * height

    def center(t):
        return (0.2 + 0.55 * t / FRAMES) * width, (0.35 + 0.25 * t / FRAMES) * height

    def disk(t, x, y):
        cx, cy = center(t)
        return (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2

    frames, motions = [], []
    for t in range(FRAMES):
        cx, cy = center(t)
        inside = disk(t, x, y)
        moved = sample(other, x - cx + other.shape[1] / 2, y - cy + other.shape[0] / 2)
        frames.append(np.where(inside[..., None], moved, photo[:height, :width]))
        if t:
            cx0, cy0 = center(t - 1)
            was_x, was_y = np.where(inside, x - cx + cx0, x), np.where(inside, y - cy + cy0, y)
            # Its edge mixes both; the ground just left behind was hidden.
            near = np.abs(np.hypot(x - cx, y - cy) - radius) < 2
            hidden = ~inside & (np.hypot(x - cx0, y - cy0) < radius + 2)
            motions.append((was_x, was_y, ~near & ~hidden))
    return frames, motions


def write(frames, path):
    height, width = frames[0].shape[:2]
    noise = np.random.default_rng(1)
    raw = b"".join(
        np.clip(f + noise.normal(0, 2, f.shape), 0, 255).round().astype(np.uint8).tobytes()
        for f in frames)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
         f"{width}x{height}", "-r", "25", "-i", "-", "-c:v", "libx264", "-crf", "14",
         "-pix_fmt", "yuv420p", path], input=raw, check=True)


def read(path, width, height):
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3).astype(np.float32)


def flicker(frames, motions):
    sums = [np.abs(frames[t + 1] - sample(frames[t], x, y))[seen].mean()
            for t, (x, y, seen) in enumerate(motions)]
    return float(np.mean(sums))


def main():
    impasto, style, first, second = sys.argv[1:5]
    options = [a for a in sys.argv[5:] if not a.isdigit()]
    failed = False
    for size in [int(a) for a in sys.argv[5:] if a.isdigit()] or [256, 512]:
        width, height = size, size * 9 // 16 // 2 * 2
        films = {
            "camera": camera(photograph(first, size * 8 // 5), width, height),
            "object": moving_object(
                photograph(first, size * 5 // 4), photograph(second, size), width, height),
        }
        for name, (frames, motions) in films.items():
            with tempfile.TemporaryDirectory() as folder:
                folder = os.environ.get("KEEP", folder)
                film = f"{folder}/{name}-{size}.mp4"
                write(frames, film)
                result = {}
                for steadiness in ["0", "default"]:
                    out = f"{folder}/{name}-{size}-{steadiness}.mkv"
                    own = [] if steadiness == "default" else ["--steadiness", steadiness]
                    run = subprocess.run(
                        [impasto, "video", film, style, "-o", out, "--size", str(size), "--json"]
                        + own + options, check=True, capture_output=True, text=True)
                    events = [json.loads(line) for line in run.stdout.splitlines()]
                    painted = read(out, width, height)
                    assert len(painted) == FRAMES and events[-1]["shots"] == 1
                    result[steadiness] = (flicker(painted, motions), events[-1]["seconds"])
                source = flicker(read(film, width, height), motions)
                (alone, _), (steady, seconds) = result["0"], result["default"]
                failed |= steady > alone / 2
                print(f"{name} {width}x{height}: film {source:.2f}, frame by frame {alone:.2f}, "
                      f"steady {steady:.2f} ({steady / alone:.2f}), {FRAMES / seconds:.1f} frames/s")
    sys.exit(failed)


main()
