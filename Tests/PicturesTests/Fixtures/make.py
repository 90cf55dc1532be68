"""Makes the files beside it with Pillow, from a picture computed here; needs numpy and Pillow.

For every picture file there is NAME.raw: width, height, channels (3 or 4) as little-endian UInt32,
then what Pillow decodes, interleaved. `photo.png` comes with resized versions of Pillow's LANCZOS.
"""

import io, pathlib, struct, zlib
import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

HERE = pathlib.Path(__file__).parent
W, H = 37, 26


def painting(width, height, waves=1.0):
    """Smooth color with some detail, (height, width, 3), uint8."""
    y, x = np.mgrid[:height, :width].astype(np.float64)
    u, v = x / width, y / height
    planes = [
        0.5 + 0.4 * np.sin(6.3 * waves * (u + 0.3 * v)) + 0.1 * np.cos(40 * waves * u * v),
        0.5 + 0.4 * np.cos(5.1 * waves * (v - 0.4 * u * u)),
        0.5 + 0.45 * np.sin(9.2 * waves * (u - v)) * np.cos(3 * waves * v),
    ]
    return np.clip(np.stack(planes, -1) * 255, 0, 255).round().astype(np.uint8)


RGB = painting(W, H)
GRAY = RGB[..., 1]
ALPHA = np.clip(np.hypot(*np.mgrid[-1 : 1 : H * 1j, -1 : 1 : W * 1j]) * 200, 0, 255).astype(np.uint8)


def raw(name, pixels):
    height, width = pixels.shape[:2]
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, -1)
    head = struct.pack("<3I", width, height, pixels.shape[2])
    (HERE / f"{name}.raw").write_bytes(head + np.ascontiguousarray(pixels).tobytes())


def keep(name, data, pixels=None, alpha=False):
    """Writes a picture file and what it decodes to: Pillow's opinion unless `pixels` are known."""
    (HERE / name).write_bytes(data)
    if pixels is None:
        im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        pixels = np.asarray(im.convert("RGBA" if alpha else "RGB"))
    raw(name, pixels)


# --- PNG, chunk by chunk, since Pillow writes no interlaced and few 16-bit files


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pack(rows, depth):
    """Samples (height, width, channels) as filter-0 scanlines."""
    height = rows.shape[0]
    flat = rows.reshape(height, -1)
    if depth == 16:
        body = flat.astype(">u2").tobytes()
    elif depth == 8:
        body = flat.astype(np.uint8).tobytes()
    else:
        bits = (flat[..., None] >> np.arange(depth - 1, -1, -1)) & 1
        body = np.packbits(bits.reshape(height, -1).astype(np.uint8), axis=1).tobytes()
    stride = len(body) // height
    return b"".join(b"\0" + body[i * stride : (i + 1) * stride] for i in range(height))


ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(samples, depth, color, interlaced=False, before=b"", after=b""):
    height, width = samples.shape[:2]
    samples = samples.reshape(height, width, -1)
    parts = [samples[y::dy, x::dx] for y, x, dy, dx in ADAM7] if interlaced else [samples]
    data = b"".join(pack(part, depth) for part in parts if part.size)
    head = struct.pack(">2I5B", width, height, depth, color, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", zlib.compress(data, 9))
            + after + chunk(b"IEND", b""))


def wide(samples):
    """16 bits whose low byte is not that of the high one, and the 8 bits nearest to them."""
    value = np.clip(samples.astype(np.int64) * 257 + 100 - samples % 7 * 31, 0, 65535)
    return value, ((value * 255 + 32767) // 65535).astype(np.uint8)


def make_png():
    for depth in (1, 2, 4, 8):
        level = GRAY >> (8 - depth)
        keep(f"gray{depth}.png", png(level, depth, 0), (level * (255 // (2**depth - 1))).astype(np.uint8))
    value, byte = wide(GRAY)
    keep("gray16.png", png(value, 16, 0), byte)
    keep("gray-alpha8.png", png(np.dstack([GRAY, ALPHA]), 8, 4), alpha=True)
    deep_alpha, byte_alpha = wide(ALPHA)
    keep("gray-alpha16.png", png(np.dstack([value, deep_alpha]), 16, 4), np.dstack([byte, byte, byte, byte_alpha]))
    keep("rgb8.png", png(RGB, 8, 2))
    value, byte = wide(RGB)
    keep("rgb16.png", png(value, 16, 2), byte)
    keep("rgba8.png", png(np.dstack([RGB, ALPHA]), 8, 6), alpha=True)
    keep("rgba16.png", png(np.dstack([value, deep_alpha]), 16, 6), np.dstack([byte, byte_alpha]))
    keep("rgb-transparent.png", png(RGB, 8, 2, before=chunk(b"tRNS", struct.pack(">3H", *map(int, RGB[3, 4])))), alpha=True)
    index = (GRAY >> 4).astype(np.uint8)
    palette = chunk(b"PLTE", painting(16, 1).tobytes())
    keep("palette4.png", png(index, 4, 3, before=palette))
    keep("palette8-transparent.png", png(index, 8, 3, before=palette + chunk(b"tRNS", bytes(range(0, 160, 16)))), alpha=True)
    keep("rgba8-interlaced.png", png(np.dstack([RGB, ALPHA]), 8, 6, interlaced=True), alpha=True)
    keep("gray2-interlaced.png", png(GRAY >> 6, 2, 0, interlaced=True), (GRAY >> 6) * 85)
    keep("text-bomb.png", png(RGB, 8, 2, before=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1 << 24), 9))), RGB)
    keep("one.png", png(RGB[:1, :1], 8, 2))


# --- JPEG and WebP


def saved(im, form, **options):
    out = io.BytesIO()
    im.save(out, form, **options)
    return out.getvalue()


def make_jpeg():
    im = Image.fromarray(RGB)
    keep("baseline.jpg", saved(im, "JPEG", quality=90, subsampling=2))
    keep("progressive.jpg", saved(im, "JPEG", quality=85, subsampling=1, progressive=True))
    keep("rgb.jpg", saved(im, "JPEG", quality=90, keep_rgb=True))
    keep("gray.jpg", saved(Image.fromarray(GRAY), "JPEG", quality=90))
    keep("one.jpg", saved(im.crop((0, 0, 1, 1)), "JPEG", quality=90))
    inks = Image.fromarray(np.dstack([255 - RGB, GRAY // 2]), "CMYK")
    keep("cmyk-adobe.jpg", saved(inks, "JPEG", quality=90))
    plain = saved(inks, "JPEG", quality=90)
    start = plain.index(b"\xff\xee")  # without Adobe's marker the values are not inverted
    plain = plain[:start] + plain[start + 2 + struct.unpack(">H", plain[start + 2 : start + 4])[0] :]
    keep("cmyk.jpg", plain)
    adobe = saved(inks, "JPEG", quality=90)
    transform = adobe.index(b"Adobe") + 11  # 0 for CMYK; the same bytes read as YCCK are as good
    keep("ycck.jpg", adobe[:transform] + b"\2" + adobe[transform + 1 :])
    data = saved(inks, "JPEG", quality=90, icc_profile=PRESS)
    keep("cmyk-profile.jpg", data, converted(Image.open(io.BytesIO(data)), PRESS))


def make_webp():
    im, see_through = Image.fromarray(RGB), Image.fromarray(np.dstack([RGB, ALPHA]))
    keep("lossy.webp", saved(im, "WEBP", quality=80))
    keep("lossless.webp", saved(im, "WEBP", lossless=True))
    keep("lossy-alpha.webp", saved(see_through, "WEBP", quality=80), alpha=True)
    keep("lossless-alpha.webp", saved(see_through, "WEBP", lossless=True, exact=True), alpha=True)
    frames = dict(save_all=True, append_images=[im.rotate(180)], duration=80, lossless=True)
    keep("animated.webp", saved(im, "WEBP", **frames), RGB)
    keep("one.webp", saved(im.crop((0, 0, 1, 1)), "WEBP", lossless=True))


# --- Profiles and orientations


def tag(kind, body):
    return kind + b"\0\0\0\0" + body


def fixed(*xs):
    return struct.pack(f">{len(xs)}i", *(round(x * 65536) for x in xs))


def profile(space, tags, kind=b"mntr", connection=b"XYZ "):
    """A profile of ICC version 2.4 with these tags: XYZ from tuples, gamma from numbers."""
    tags = {b"desc": tag(b"desc", struct.pack(">I", 5) + b"test\0" + bytes(78)), b"cprt": tag(b"text", b"none\0"),
            b"wtpt": tag(b"XYZ ", fixed(0.9642, 1, 0.8249))} | {
        k: v if isinstance(v, bytes) else tag(b"XYZ ", fixed(*v)) if isinstance(v, tuple)
        else tag(b"curv", struct.pack(">IH", 1, round(v * 256))) for k, v in tags.items()}
    offset, table, bodies = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        table += struct.pack(">4s2I", name, offset + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    head = (struct.pack(">I4sI4s4s4s", 0, b"test", 0x02400000, kind, space, connection) + struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
            + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249) + bytes(48))
    whole = head + table + bodies
    return struct.pack(">I", len(whole)) + whole[4:]


# The primaries of ProPhoto RGB, far wider than those of sRGB.
WIDE = profile(b"RGB ", {b"rXYZ": (0.7977, 0.2880, 0), b"gXYZ": (0.1352, 0.7119, 0), b"bXYZ": (0.0313, 0.0001, 0.8249),
                         b"rTRC": 1.8, b"gTRC": 1.8, b"bTRC": 1.8})
# Four inks to Lab through a table with two steps an ink.
PRESS_LAB = [(255 * light, 128 + 60 * (m - c) * (1 - k), 128 + 60 * (y - (c + m) / 2) * (1 - k))
             for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)
             for light in [(1 - 0.4 * c) * (1 - 0.5 * m) * (1 - 0.1 * y) * (1 - 0.9 * k)]]
PRESS = profile(b"CMYK", {b"A2B0": tag(b"mft1", b"\4\3\2\0" + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + bytes(range(256)) * 4
                                       + bytes(round(v) for lab in PRESS_LAB for v in lab) + bytes(range(256)) * 3)},
                b"prtr", b"Lab ")
DARK = profile(b"GRAY", {b"kTRC": 3.0})


def converted(im, icc):
    """What Pillow makes of the pixels of `im` under a profile."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    return np.asarray(ImageCms.profileToProfile(im, source, ImageCms.createProfile("sRGB"), outputMode="RGB"))


def make_profiles():
    im = Image.fromarray(RGB)
    iccp = chunk(b"iCCP", b"wide\0\0" + zlib.compress(WIDE))
    keep("wide.png", png(RGB, 8, 2, before=iccp), converted(im, WIDE))
    keep("wide-alpha-interlaced.png", png(np.dstack([RGB, ALPHA]), 8, 6, interlaced=True, before=iccp),
         np.dstack([converted(im, WIDE), ALPHA]))
    keep("dark-gray.png", png(GRAY, 8, 0, before=chunk(b"iCCP", b"dark\0\0" + zlib.compress(DARK))),
         converted(Image.fromarray(GRAY), DARK))
    for name, form, options in (("wide.jpg", "JPEG", dict(quality=92)), ("wide.webp", "WEBP", dict(lossless=True))):
        data = saved(im, form, icc_profile=WIDE, **options)
        keep(name, data, converted(Image.open(io.BytesIO(data)).convert("RGB"), WIDE))
    keep("gray-wide.jpg", saved(Image.fromarray(GRAY), "JPEG", quality=92, icc_profile=WIDE))  # does not fit
    broken = saved(im, "JPEG", quality=92, icc_profile=b"no profile" * 20)
    keep("broken-profile.jpg", broken)


def make_orientations():
    small = Image.fromarray(RGB).crop((0, 0, 17, 10))
    for value in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = value
        keep(f"turned{value}.jpg", saved(small, "JPEG", quality=90, exif=exif))
        keep(f"turned{value}.webp", saved(small, "WEBP", lossless=True, exif=exif))
        block = exif.tobytes().removeprefix(b"Exif\0\0")
        data = png(np.asarray(small), 8, 2, **{"after" if value % 2 else "before": chunk(b"eXIf", block)})
        keep(f"turned{value}.png", data)


def make_resized():
    photo = painting(71, 53, waves=5)
    noise = np.random.default_rng(7).integers(-40, 41, photo.shape)
    photo = np.clip(photo.astype(int) + noise, 0, 255).astype(np.uint8)
    keep("photo.png", png(photo, 8, 2))
    for width, height in ((25, 19), (190, 143), (71, 20), (30, 53), (1, 1), (30, 60)):
        raw(f"photo-{width}x{height}", np.asarray(Image.fromarray(photo).resize((width, height), Image.LANCZOS)))


if __name__ == "__main__":
    for make in (make_png, make_jpeg, make_webp, make_profiles, make_orientations, make_resized):
        make()
