"""The guide's script for an array of jobs, run once for each task as Slurm runs it."""
import os
import pathlib
import re
import subprocess
import unittest

from cli_case import TOOL, CliCase, png

GUIDE = pathlib.Path(__file__).resolve().parents[3] / "samples/GUIDE.md"


class ArrayJob(CliCase):
    def setUp(self):
        super().setUp()
        found = re.search(r"cat > (\S+\.sbatch) <<'END'\n(.*?)^END$", GUIDE.read_text(encoding="utf-8"),
                          re.MULTILINE | re.DOTALL)
        self.write("tiles.sbatch", found[2].encode())
        self.tasks = range(1, 1 + int(re.search(r"#SBATCH --array=1-(\d+)", found[2])[1]))
        self.names = [f"i{n:02}.png" for n in range(11)]
        for n, name in enumerate(self.names):
            self.write(name, png(20, 12, lambda x, y, n=n: (9 * x + n, 11 * y, (x * y + 7 * n) % 256)))
        self.write("list.txt", "\n".join(self.names).encode())
        # The script names the tool as it is installed.
        (self.folder / "bin").mkdir()
        (self.folder / "bin/vqi").symlink_to(pathlib.Path(TOOL).resolve())

    def run_array(self):
        """The exit code of each task."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return [subprocess.run(["sh", "tiles.sbatch"], cwd=self.folder, stderr=subprocess.DEVNULL,
                               env={**os.environ, "PATH": path, "SLURM_ARRAY_TASK_ID": str(task)}).returncode
                for task in self.tasks]

    def times(self):
        return {path.name: path.stat().st_mtime_ns for path in self.folder.glob("part*.vqs")}

    def test_an_array_of_jobs_gathers_shards_and_after_a_failure_only_those_that_are_missing(self):
        (self.folder / "i06.png").rename(self.folder / "away.png")  # of the third task
        self.assertEqual([code != 0 for code in self.run_array()], [task == 3 for task in self.tasks])
        before = self.times()
        (self.folder / "away.png").rename(self.folder / "i06.png")
        self.assertEqual(self.run_array(), [0] * len(self.tasks))
        after = self.times()
        self.assertIsNotNone(after.pop("part3.vqs", None))
        self.assertEqual(after, before)
        parts = [f"part{task}.vqs" for task in self.tasks]
        for inputs, book in ((parts, "parts.vqb"), (self.names, "images.vqb")):
            self.succeed("train", "-q", *inputs, "-k", "24", "-o", book)
        self.assertEqual(self.read("parts.vqb"), self.read("images.vqb"))


if __name__ == "__main__":
    unittest.main()
