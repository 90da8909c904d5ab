# SPDX-License-Identifier: Apache-2.0
"""Makes the small pictures beside it and expected.json (Pillow 13.0.0, Python 3.11).

A drawing of this project's own, in every form a picture file takes; expected.json holds what
Image.open(f).convert("RGB") and ImageOps.exif_transpose of it give: size and SHA-256 of the bytes.
"""
import hashlib
import json
import struct
import zlib

from PIL import Image, ImageOps

W, H = 37, 23
rgb = Image.new("RGB", (W, H))
rgb.putdata([((x * 7) % 256, (y * 11) % 256, (x * y * 3) % 256) for y in range(H) for x in range(W)])
gray = rgb.convert("L")
rgba = rgb.copy()
rgba.putalpha(Image.linear_gradient("L").resize((W, H)))
palette = rgb.quantize(17)


def png16(name, color_type, samples):
    """A 16-bit PNG, which Pillow itself does not write in colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(
        b"\0" + b"".join(struct.pack(">H", (x * 1771 + y * 911 + s * 4099) % 65536)
                         for x in range(W) for s in range(samples)) for y in range(H))
    head = struct.pack(">IIBBBBB", W, H, 16, color_type, 0, 0, 0)
    with open(name, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
                + chunk(b"IEND", b""))


def pngbits(name, bits):
    """A PNG in gray with fewer than 8 bits."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = bytearray()
    for y in range(H):
        rows.append(0)
        line = 0
        for x in range(W):
            line = line << bits | (x + y) % (1 << bits)
        pad = -W * bits % 8
        rows += (line << pad).to_bytes((W * bits + 7) // 8, "big")
    head = struct.pack(">IIBBBBB", W, H, bits, 0, 0, 0, 0)
    with open(name, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows)))
                + chunk(b"IEND", b""))


rgb.save("rgb.jpg", quality=92)
rgb.save("rgb444.jpg", quality=92, subsampling=0)
rgb.save("progressive.jpg", progressive=True, quality=80)
rgb.save("restart.jpg", restart_marker_rows=1)
gray.save("gray.jpg")
rgb.convert("CMYK").save("cmyk.jpg", quality=95)
rgb.save("rgb.png")
rgba.save("rgba.png")
gray.save("gray.png")
rgba.convert("LA").save("graya.png")
palette.save("palette.png")
palette.save("palette_transparent.png", transparency=3)
rgb.save("rgb_transparent.png", transparency=(7, 11, 3))
rgb.convert("1").save("bilevel.png")
png16("rgb16.png", 2, 3)
png16("rgba16.png", 6, 4)
png16("gray16.png", 0, 1)
pngbits("gray2.png", 2)
pngbits("gray4.png", 4)
rgb.save("rgb.bmp")
palette.save("palette.bmp")
rgb.save("rgb.tif")
gray.save("gray.tif")
palette.save("palette.tif")
rgb.save("deflate.tif", compression="tiff_adobe_deflate")
palette.save("still.gif")
palette.save("animated.gif", save_all=True,
             append_images=[ImageOps.mirror(rgb).quantize(17), ImageOps.flip(rgb).quantize(17)], duration=100)
rgb.save("lossless.webp", lossless=True)
rgb.save("lossy.webp", quality=90)
Image.open("lossy.webp").convert("RGB").save("lossy_decoded.png")
rgb.save("animated.webp", save_all=True, append_images=[ImageOps.mirror(rgb)], lossless=True)
rgb.save("unknown.jp2")
for n in range(1, 9):
    exif = Image.Exif()
    exif[274] = n
    rgb.save(f"exif{n}.jpg", exif=exif, quality=90)
exif = Image.Exif()
exif[274] = 6
rgb.save("exif6.png", exif=exif)
rgb.save("exif6.webp", exif=exif, lossless=True)


def facts(image):
    return {"width": image.width, "height": image.height,
            "sha256": hashlib.sha256(image.convert("RGB").tobytes()).hexdigest()}


import glob
expected = {}
for name in sorted(glob.glob("*.*")):
    if name.split(".")[-1] in ("jpg", "png", "bmp", "tif", "gif", "webp"):
        image = Image.open(name)
        expected[name] = {"plain": facts(image), "upright": facts(ImageOps.exif_transpose(Image.open(name)))}
with open("expected.json", "w") as f:
    json.dump(expected, f, indent=1)
    f.write("\n")
