# SPDX-License-Identifier: Apache-2.0
"""Makes the HEIC and AVIF pictures beside it as telephones write them: of tiles, turned and cropped.

The tiles are coded by heif-enc (libheif 1.15.1 with x265 and aom); the PNGs are what libheif (pillow-heif
1.8.1; AVIF: Pillow 13.0.0) makes of the files. A drawing of this project's own.
"""
import os
import struct
import subprocess
import tempfile

from PIL import Image, ImageOps
import pillow_heif


def box(kind, *parts):
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + kind + data


def full(kind, version, flags, *parts):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def boxes(data, start, end):
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start:start + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[start + 8:start + 16])[0], 16
        if size == 0:
            size = end - start
        yield kind, start + head, start + size
        start += size


def coded(image, ending, quality):
    """The coded data of a picture, its decoder configuration, and what else says how it is coded."""
    with tempfile.TemporaryDirectory() as folder:
        png, out = os.path.join(folder, "a.png"), os.path.join(folder, "a." + ending)
        image.save(png)
        subprocess.run(["heif-enc", "-q", str(quality), png, "-o", out], check=True, capture_output=True)
        with open(out, "rb") as f:
            data = f.read()
    top = {k: (s, e) for k, s, e in boxes(data, 0, len(data))}
    start, end = top[b"meta"]
    meta = {k: (s, e) for k, s, e in boxes(data, start + 4, end)}
    at = meta[b"iloc"][0]
    version, sizes, count = data[at], struct.unpack(">H", data[at + 4:at + 6])[0], 0
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    at += 6
    assert version in (0, 1)
    count = struct.unpack(">H", data[at:at + 2])[0]
    at += 2
    items = {}
    for _ in range(count):
        item = struct.unpack(">H", data[at:at + 2])[0]
        at += 2 + (2 if version == 1 else 0) + 2
        base = int.from_bytes(data[at:at + base_size], "big")
        at += base_size
        extents = struct.unpack(">H", data[at:at + 2])[0]
        at += 2
        parts = b""
        for _ in range(extents):
            at += index_size if version == 1 else 0
            offset = base + int.from_bytes(data[at:at + offset_size], "big")
            at += offset_size
            length = int.from_bytes(data[at:at + length_size], "big")
            at += length_size
            parts += data[offset:offset + length]
        items[item] = parts
    primary = struct.unpack(">H", data[meta[b"pitm"][0] + 4:meta[b"pitm"][0] + 6])[0]
    iprp = {k: (s, e) for k, s, e in boxes(data, *meta[b"iprp"])}
    properties = {}
    for kind, s, e in boxes(data, *iprp[b"ipco"]):
        properties.setdefault(kind, data[s - 8:e])
    config = properties.get(b"hvcC", properties.get(b"av1C"))
    return items[primary], config, [properties[k] for k in (b"colr", b"pixi") if k in properties]


def write(name, image, tile=None, ending="heic", quality=80, turn=(), thumbnail=False, background=None,
          exif=None):
    """
    tile: size of the tiles of a grid; None for one picture. turn: properties in the order they apply:
    ("clap", width, height, x, y), ("irot", quarters), ("imir", axis).
    """
    width, height = image.size
    kind = b"hvc1" if ending == "heic" else b"av01"
    tiles = []
    if tile is None:
        tiles.append((image, width, height))
    else:
        columns, rows = -(-width // tile), -(-height // tile)
        canvas = Image.new("RGB", (columns * tile, rows * tile), (0, 255, 0))
        canvas.paste(image, (0, 0))
        for y in range(rows):
            for x in range(columns):
                tiles.append((canvas.crop((x * tile, y * tile, (x + 1) * tile, (y + 1) * tile)), tile, tile))
    datas, props, assoc, infos = [], [], [], []

    def prop(data):
        if data not in props:
            props.append(data)
        return props.index(data) + 1

    def turned():
        out = []
        for t in turn:
            if t[0] == "irot":
                out.append((prop(box(b"irot", bytes([t[1]]))), True))
            elif t[0] == "imir":
                out.append((prop(box(b"imir", bytes([t[1]]))), True))
            else:
                w, h, x, y = t[1:]
                # from the middle of the picture to the middle of what is left, in halves
                dx, dy = 2 * x + w - width, 2 * y + h - height
                out.append((prop(box(b"clap", struct.pack(">IIIIiIiI", w, 1, h, 1, dx, 2, dy, 2))), True))
        return out

    def item(number, kind, data, associations, flags=0):
        infos.append(full(b"infe", 2, flags, struct.pack(">HH", number, 0), kind, b"\0"))
        datas.append((number, data))
        if associations:
            assoc.append(struct.pack(">HB", number, len(associations))
                         + bytes((0x80 if essential else 0) | p for p, essential in associations))

    number = 1
    refs = b""
    if tile is None:
        data, config, more = coded(image, ending, quality)
        item(1, kind, data, [(prop(config), True), (prop(full(b"ispe", 0, 0, struct.pack(">II", width, height))), False)]
             + [(prop(m), False) for m in more] + turned())
        primary = 1
        number = 2
    else:
        more = []
        for part, w, h in tiles:
            data, config, more = coded(part, ending, quality)
            item(number, kind, data, [(prop(config), True), (prop(full(b"ispe", 0, 0, struct.pack(">II", w, h))), False)]
                 + [(prop(m), False) for m in more], 1)
            number += 1
        primary = number
        grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
        item(primary, b"grid", grid, [(prop(full(b"ispe", 0, 0, struct.pack(">II", width, height))), False)]
             + [(prop(m), False) for m in more] + turned())
        refs += box(b"dimg", struct.pack(">HH", primary, len(tiles)), *[struct.pack(">H", i) for i in range(1, primary)])
        number += 1
    if thumbnail:
        small = image.resize((64, 64))
        data, config, more = coded(small, ending, quality)
        item(number, kind, data, [(prop(config), True), (prop(full(b"ispe", 0, 0, struct.pack(">II", 64, 64))), False)]
             + [(prop(m), False) for m in more])
        refs += box(b"thmb", struct.pack(">HHH", number, 1, primary))
        number += 1
    if exif:
        item(number, b"Exif", struct.pack(">I", 0) + exif, [], 1)
        refs += box(b"cdsc", struct.pack(">HHH", number, 1, primary))
    ftyp = box(b"ftyp", b"heic" if ending == "heic" else b"avif", struct.pack(">I", 0),
               b"mif1", b"heic" if ending == "heic" else b"avif")
    for offset in (0, 1):  # sizes first, then places
        place = offset and len(ftyp) + len(meta) + 8
        locations = b""
        for i, data in datas:
            locations += struct.pack(">HHHII", i, 0, 1, place, len(data))
            place += len(data)
        meta = full(
            b"meta", 0, 0,
            full(b"hdlr", 0, 0, struct.pack(">I4sIIIB", 0, b"pict", 0, 0, 0, 0)),
            full(b"pitm", 0, 0, struct.pack(">H", primary)),
            full(b"iloc", 0, 0, struct.pack(">HH", 0x4400, len(datas)), locations),
            full(b"iinf", 0, 0, struct.pack(">H", len(infos)), *infos),
            full(b"iref", 0, 0, refs) if refs else b"",
            box(b"iprp", box(b"ipco", *props), full(b"ipma", 0, 0, struct.pack(">I", len(assoc)), *assoc)))
    with open(name, "wb") as f:
        f.write(ftyp + meta + box(b"mdat", *[d for _, d in datas]))


W, H = 120, 84
drawing = Image.new("RGB", (W, H))
drawing.putdata([(250 * x // W, 250 * y // H, 200 if x < W // 3 and y > H // 2 else 40)
                 for y in range(H) for x in range(W)])
crop = ("clap", 90, 70, 20, 4)
exif = Image.Exif()
exif[274] = 3
write("single.heic", drawing)
write("grid.heic", drawing, tile=64, thumbnail=True)
write("turned.heic", drawing, tile=64, turn=[crop, ("irot", 3)], exif=exif.tobytes())
write("mirrored.heic", drawing, tile=64, turn=[("irot", 1), ("imir", 0)])
write("mirrored_first.heic", drawing, turn=[("imir", 0), ("irot", 1)])
write("cropped.heic", drawing, turn=[crop, ("imir", 1)])
write("single.avif", drawing, ending="avif")
write("grid.avif", drawing, tile=64, ending="avif", turn=[("irot", 2)])
for name in sorted(os.listdir(".")):
    if name.endswith(".heic"):
        pillow_heif.open_heif(name).to_pillow().convert("RGB").save(name + ".png")
    elif name.endswith(".avif"):
        ImageOps.exif_transpose(Image.open(name)).convert("RGB").save(name + ".png")
