"""What the cases of vqi.corpus share: a small corpus, and the codebook that one process learns from it."""
import io
import tarfile

import vqi
from python_case import PythonCase, picture
from vqi import corpus


def png(seed, channels=3):
    return vqi.write_image(picture(20 + seed % 3, 24, channels, seed=seed), ".png")


def tar_of(files):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


class CorpusCase(PythonCase):
    def setUp(self):
        super().setUp()
        self.files = {f"{'ab'[n % 2]}/{n:02}.png": png(n) for n in range(9)}
        self.wanted = vqi.train(map(vqi.read_image, self.files.values()), k=8)

    def write(self, files, root="tiles"):
        for name, content in files.items():
            path = self.folder / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return str(self.folder / root)

    def outputs(self, root):
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*"))
                if path.is_file()}

    def check(self, source, names=None):
        self.assertEqual([found.name for found in corpus.find(source)], sorted(names or self.files))
        learned = corpus.learn(source, k=8, chunk=2)
        self.assertEqual((learned.codebook, learned.bad), (self.wanted, []))
