"""What the cases of the Python package share: pictures, the tool, and how a file of cases is run."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np

TOOL = os.environ["VQI_TOOL"]
SOURCE = pathlib.Path(os.environ["VQI_SOURCE"])
LANDSCAPE = SOURCE / "samples/images/landscape.png"


def picture(height=120, width=160, channels=3, dtype=np.uint8, seed=1):
    """A soft picture with some noise; with alpha it fades out to the right."""
    largest = np.iinfo(dtype).max
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(seed).normal(0, 0.02, (height, width, channels))
    planes = [np.sin(x / 17 + c) * np.cos(y / 23 - c) / 2 + 0.5 for c in range(channels)]
    values = np.clip(np.stack(planes, -1) + noise, 0, 1)
    if channels in (2, 4):
        values[..., -1] = 1 - x / width
    samples = np.rint(values * largest).astype(dtype)
    return samples[..., 0] if channels == 1 else samples


class PythonCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def tool(self, *arguments, code=0):
        """Runs the tool in the case's folder; returns its standard output."""
        result = subprocess.run([TOOL, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout if code == 0 else result.stderr

    def tool_report(self, *arguments):
        return json.loads(self.tool(*arguments, "--json"))


def main():
    unittest.main(argv=[sys.argv[0]], verbosity=1)
