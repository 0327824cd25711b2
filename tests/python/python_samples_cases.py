"""The sample script and the notebook run, on every sixth row and column, and what they say of bytes is so."""
import contextlib
import io
import json
import os
import subprocess
import sys

import vqi
from python_case import LANDSCAPE, SOURCE, PythonCase, main

SAMPLES = SOURCE / "samples/python"


class Samples(PythonCase):
    def setUp(self):
        super().setUp()
        sys.path.insert(0, str(SAMPLES))
        self.addCleanup(sys.path.remove, str(SAMPLES))

    def test_the_script_runs_and_draws_where_it_can(self):
        result = subprocess.run([sys.executable, "-B", SAMPLES / "kmeans_compression.py", "--every", "6", "--output",
                                 self.folder], stdout=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, 0)
        for heading in ("k-means step by step", "What the bytes are", "EM: mixtures", "Rate and distortion"):
            self.assertIn(heading, result.stdout)
        try:
            import matplotlib  # noqa: F401
        except ImportError:
            return
        self.assertGreater(vqi.read_image(self.folder / "rate_distortion.png").std(), 1)

    def test_the_cells_of_the_notebook_run_in_order(self):
        notebook = json.loads((SAMPLES / "kmeans_compression.ipynb").read_text(encoding="utf-8"))
        os.environ["MPLBACKEND"] = "Agg"
        names = {"EVERY": 6}
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    self.assertEqual(cell["outputs"], [])  # the notebook is kept without what it printed
                    exec("".join(cell["source"]), names)
        self.assertEqual(names["image"].shape, (54, 80, 3))
        self.assertTrue(all(after <= before for before, after in zip(names["objectives"], names["objectives"][1:])))
        self.assertTrue(all(row["ecvq"] <= row["coded"] <= row["packed"] for row in names["rows"]))
        self.assertIn("ECVQ at K = 256", names["curves"])

    def test_the_bytes_that_courses_count_are_those_of_packed_indices_and_codebook(self):
        import kmeans_compression

        image = vqi.read_image(LANDSCAPE)
        for k in (2, 16, 256):
            report = vqi.encode(image, k=k, coding="packed", effort=1).report
            self.assertEqual(kmeans_compression.course_bytes(k, 480 * 320), report.codebook_bytes + report.index_bytes)


if __name__ == "__main__":
    main()
