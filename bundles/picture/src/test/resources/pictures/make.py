# SPDX-License-Identifier: Apache-2.0
"""Makes the small pictures beside it and expected.json (Pillow 13.0.0, Python 3.11, tifffile and
NumPy; ImageMagick 6.9 for what Pillow does not write).

A drawing of this project's own, in every form a picture file takes; expected.json holds what
Image.open(f).convert("RGB") and ImageOps.exif_transpose of it give: size and SHA-256 of the bytes.
"""
import hashlib
import json
import struct
import subprocess
import zlib

import numpy
import tifffile
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


def bmp16(name, bits, masks):
    """A BMP of 16 bits for a pixel, red first; without masks it is 5, 5 and 5."""
    rows = b""
    for y in range(H - 1, -1, -1):
        line = []
        for x in range(W):
            value = 0
            for sample, size in zip(rgb.getpixel((x, y)), bits):
                value = value << size | sample >> (8 - size)
            line.append(value)
        rows += struct.pack("<%dH" % W, *line) + b"\0" * (-2 * W % 4)
    head = struct.pack("<IiiHHIIiiII", 40, W, H, 1, 16, 3 if masks else 0, len(rows), 2835, 2835, 0, 0)
    head += struct.pack("<%dI" % len(masks), *masks)
    with open(name, "wb") as f:
        f.write(b"BM" + struct.pack("<IHHI", 14 + len(head) + len(rows), 0, 0, 14 + len(head)) + head + rows)


def without_markers(source, name):
    """A JPEG without its JFIF and Adobe markers."""
    with open(source, "rb") as f:
        file = f.read()
    out, at = file[:2], 2
    while file[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", file[at + 2:at + 4])[0]
        out += b"" if 0xE0 <= file[at + 1] <= 0xEF else file[at:end]
        at = end
    with open(name, "wb") as f:
        f.write(out + file[at:])


def magick(*arguments):
    subprocess.run(["convert", *arguments], check=True)


def tiff(name, samples, kind, **how):
    tifffile.imwrite(name, samples, photometric=kind, metadata=None, software="", datetime=False, **how)


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
magick("rgb.png", "-colorspace", "CMYK", "-quality", "95", "ycck.jpg")
magick("rgb.png", "-sampling-factor", "1x2", "-quality", "95", "rgb440.jpg")
Image.open("rgb440.jpg").convert("RGB").save("rgb440_decoded.png")
rgb.save("components.jpg", quality=95, keep_rgb=True)
without_markers("components.jpg", "components_bare.jpg")
without_markers("rgb.jpg", "rgb_bare.jpg")
rgb.save("several.mpo", save_all=True, append_images=[ImageOps.mirror(rgb)], quality=92)
with open("rgb.jpg", "rb") as one, open("gray.jpg", "rb") as gain, open("gain_map.jpg", "wb") as both:
    both.write(one.read() + gain.read())
bmp16("rgb555.bmp", (5, 5, 5), ())
bmp16("rgb565.bmp", (5, 6, 5), (0xF800, 0x7E0, 0x1F))
rgb.convert("CMYK").save("cmyk.tif")
inks = numpy.asarray(rgb.convert("CMYK"))
tiff("cmyk16.tif", inks.astype(numpy.uint16) * 257, "separated")
colours = numpy.asarray(rgb)
for white, name in ((1, "float1.tif"), (255, "float255.tif"), (65535, "float65535.tif")):
    tiff(name, colours.astype(numpy.float32) / 255 * white, "rgb")
tiff("double1.tif", colours.astype(numpy.float64) / 255, "rgb")
tiff("gray_float1.tif", numpy.asarray(gray).astype(numpy.float32) / 255, "minisblack")
tiff("gray_white.tif", 255 - numpy.asarray(gray), "miniswhite")
tiff("rgb16.tif", colours.astype(numpy.uint16) * 257, "rgb")
tiff("unread_half.tif", (colours / 255).astype(numpy.float16), "rgb")
tiff("unread_signed.tif", colours.astype(numpy.int16), "rgb")
tiff("unread_predictor.tif", colours.astype(numpy.uint16) * 257, "rgb", compression="zlib", predictor=True)
tiff("unread_big.tif", colours, "rgb", bigtiff=True)
tiff("unread_lab.tif", colours, "cielab")
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
    unlike_pillow = name.startswith(("unread", "float", "double1", "gray_float1"))
    if name.split(".")[-1] in ("jpg", "mpo", "png", "bmp", "tif", "gif", "webp") and not unlike_pillow:
        image = Image.open(name)
        expected[name] = {"plain": facts(image), "upright": facts(ImageOps.exif_transpose(Image.open(name)))}
for name, like in (("float1.tif", "rgb.png"), ("float255.tif", "rgb.png"), ("float65535.tif", "rgb.png"),
                   ("double1.tif", "rgb.png"), ("gray_float1.tif", "gray.png")):
    expected[name] = expected[like]  # Pillow refuses them, or makes them black
with open("expected.json", "w") as f:
    json.dump(expected, f, indent=1)
    f.write("\n")
