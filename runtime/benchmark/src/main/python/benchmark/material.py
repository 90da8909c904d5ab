# SPDX-License-Identifier: Apache-2.0
"""What is measured on: pictures in several sizes, aligned faces, people, a clip. The peer's own examples when
they are beside the project, its own samples otherwise, or what the user names."""

import pathlib
import shutil

import cv2
import numpy as np
from PIL import Image, ImageOps

HEIGHTS = (240, 480, 720, 1080)
ENDINGS = (".jpg", ".jpeg", ".png")


def pictures_in(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)


class Material:
    def __init__(self, root, folder, options):
        self.folder = folder
        sample = root / "runtime/demo/src/main"
        examples = root.parent / "shared/photos/peer/examples"
        self.faces = pictures_in(sample / "people")[:8]  # one face each
        self.people = folder / "people"
        if options.pictures:
            self.source = max(pictures_in(options.pictures), key=lambda path: path.stat().st_size)
            people = [(path.parent.name, path) for path in pictures_in(options.pictures)]
        elif examples.is_dir():
            self.source = examples / "obama-1080p.jpg"
            people = [(path.parent.name, path) for path in pictures_in(examples / "knn_examples/train")]
            people.append(("lin-manuel_miranda", examples / "lin-manuel-miranda.png"))
        else:
            self.source = sample / "pictures/three_men.jpg"
            people = [(path.parent.name, path) for path in pictures_in(sample / "people")]
        johns = root.parent / "shared/photos/dlib/johns"
        labels = root.parent / "shared/photos/dlib/faces"
        # whom pictures show, for errors of encoders, and where their faces are, for those of detectors
        self.labelled = options.pictures or (johns if johns.is_dir() else sample / "people")
        self.labels = [] if options.pictures else sorted(labels.glob("t*ing.xml"))
        for name, path in people:
            (self.people / name).mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, self.people / name)
        self.clip = options.clip or examples / "short_hamilton_clip.mp4"
        if not self.clip.is_file():
            self.clip = root / "runtime/target/facegate/demo/demo.mp4"

    def picture(self, height):
        """The source scaled to a height, as PNG; a file name with the height in it is taken as it is."""
        target = self.folder / f"{height}p.png"
        if not target.exists():
            own = pathlib.Path(str(self.source).replace("1080p", f"{height}p"))
            image = Image.open(own if own.is_file() else self.source).convert("RGB")
            if image.height != height:
                image = image.resize((round(image.width * height / image.height), height), Image.LANCZOS)
            image.save(target)
        return target

    def vga(self):
        """The source cut and scaled to 640 x 480."""
        target = self.folder / "640x480.png"
        ImageOps.fit(Image.open(self.source).convert("RGB"), (640, 480), Image.LANCZOS).save(target)
        return target

    def photo(self, megapixels):
        """The source scaled up to so many megapixels, as a camera's JPEG."""
        target = self.folder / f"photo-{megapixels}.jpg"
        image = Image.open(self.source).convert("RGB")
        scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
        image.resize((round(image.width * scale), round(image.height * scale)), Image.BICUBIC).save(target, quality=92)
        return target

    def chips(self, peer):
        files = [self.folder / f"chip{i}.png" for i in range(len(self.faces))]
        peer.ask("chips", pictures=[[str(a), str(b)] for a, b in zip(self.faces, files)])
        return [str(file) for file in files]

    def shorten(self, frames, first=0):
        """So many frames of the clip; the clip itself when it has no more."""
        video = cv2.VideoCapture(str(self.clip))
        if video.get(cv2.CAP_PROP_FRAME_COUNT) <= frames:
            return self.clip
        size = int(video.get(cv2.CAP_PROP_FRAME_WIDTH)), int(video.get(cv2.CAP_PROP_FRAME_HEIGHT))
        target = self.folder / f"clip-{frames}.mp4"
        code = cv2.VideoWriter_fourcc(*"mp4v")
        writer = cv2.VideoWriter(str(target), code, video.get(cv2.CAP_PROP_FPS), size)
        for number in range(first + frames):
            grabbed, frame = video.read()
            if grabbed and number >= first:
                writer.write(frame)
        writer.release()
        return target


def gallery(count, known, seed=20):
    """Encodings as of count / 10 people and queries, half of people in it and half of strangers. A person is a
    point drawn around the mean of real faces with their spread in each of the 128 numbers, an encoding of theirs
    lies about 0.3 away. The numbers are drawn independently, which leaves a search less to exploit than real
    faces, whose numbers depend on each other."""
    random = np.random.default_rng(seed)
    mean, spread = known.mean(axis=0), known.std(axis=0)
    people = max(1, count // 10)

    def person(number):
        return mean + random.standard_normal((number, 128)) * spread

    def near(points):
        noise = random.standard_normal(points.shape)
        return points + noise * (0.3 / np.sqrt(2 * 128))

    centres = person(people)
    owners = random.permutation(np.arange(count) % people).astype(np.int32)
    queries = np.concatenate([near(centres[random.integers(people, size=10)]), near(person(10))])
    order = np.arange(20).reshape(2, 10).T.ravel()  # known, stranger, known, ...
    return near(centres[owners]).astype(np.float32), owners, queries[order].astype(np.float32)
