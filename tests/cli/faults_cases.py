"""Faults while an output is written: kills at any moment, full disks, read-only folders. The old or the new file must
be there, whole, and nothing else but what the next run removes."""
import fcntl
import os
import random
import resource
import signal
import struct
import subprocess
import termios
import time
import unittest

from cli_case import FAILURE_LINE, TOOL, CliCase, gradient_png, noise_png

KILLS = 40


class Faults(CliCase):
    def setUp(self):
        super().setUp()
        self.write("a.png", gradient_png(120, 80))

    def temporaries(self):
        return [name for name in os.listdir(self.folder) if name.endswith(".tmp")]

    def reference_stream(self, *options):
        self.succeed("compress", "-q", *options, "a.png", "-o", "reference.vqi")
        stream = self.read("reference.vqi")
        (self.folder / "reference.vqi").unlink()
        return stream

    def kill_at_random(self, stop_signal, *arguments):
        """Runs the tool `KILLS` times; each run gets a signal after a random part of the time that a run takes."""
        start = time.monotonic()
        self.succeed("compress", "-q", "a.png", "-o", "timed.vqi")
        whole = time.monotonic() - start
        (self.folder / "timed.vqi").unlink()
        source = random.Random(7)
        for _ in range(KILLS):
            process = subprocess.Popen([TOOL, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(source.uniform(0.3, 1.1) * whole)
            process.send_signal(stop_signal)
            yield process.returncode, process.communicate(timeout=60)[1]

    def test_killed_at_any_moment_there_is_the_old_file_or_the_new_one(self):
        new = self.reference_stream("-k", "16")
        for number in (signal.SIGKILL, signal.SIGTERM):
            self.write("a.vqi", b"old")
            for _ in self.kill_at_random(number, "compress", "-q", "-f", "-k", "16", "a.png"):
                self.assertIn(self.read("a.vqi"), (b"old", new))
                self.write("a.vqi", b"old")
            self.succeed("compress", "-q", "-f", "-k", "16", "a.png")
            self.assertEqual(self.files(), {"a.png": self.read("a.png"), "a.vqi": new})

    def test_killed_at_any_moment_there_is_no_file_or_the_whole_one(self):
        new = self.reference_stream("-k", "16")
        for _ in self.kill_at_random(signal.SIGKILL, "compress", "-q", "-k", "16", "a.png"):
            self.assertEqual(self.temporaries(), [])
            if (self.folder / "a.vqi").exists():
                self.assertEqual(self.read("a.vqi"), new)
                (self.folder / "a.vqi").unlink()

    def test_a_temporary_file_of_a_dead_run_is_removed_and_one_of_a_living_run_is_not(self):
        self.write(".a.vqi.vqi-0.tmp", b"dead")
        self.write(".a.vqi.vqi-2.tmp", b"dead")
        living = self.write(".a.vqi.vqi-1.tmp", b"alive")
        self.write(".b.vqi.vqi-0.tmp", b"of another output")
        with open(living, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.succeed("compress", "-q", "a.png")
            self.succeed("compress", "-q", "-f", "a.png")
            self.assertEqual(sorted(self.temporaries()), [".a.vqi.vqi-1.tmp", ".b.vqi.vqi-0.tmp"])
        self.succeed("compress", "-q", "-f", "a.png")
        self.assertEqual(self.temporaries(), [".b.vqi.vqi-0.tmp"])

    def test_what_only_looks_like_a_temporary_file_is_left_alone(self):
        self.write("precious", b"precious")
        os.symlink("precious", self.folder / ".a.vqi.vqi-0.tmp")
        (self.folder / ".a.vqi.vqi-1.tmp").mkdir()
        os.mkfifo(self.folder / ".a.vqi.vqi-2.tmp")
        self.succeed("compress", "-q", "a.png")
        self.succeed("compress", "-q", "-f", "a.png")
        self.assertEqual(len(self.temporaries()), 3)
        self.assertEqual(self.read("precious"), b"precious")

    def test_a_limit_on_file_sizes_is_a_failure_and_no_crash(self):
        self.write("a.vqi", b"old")
        for arguments in (("compress", "a.png", "-o", "b.vqi"), ("compress", "-f", "a.png")):
            self.fail_with(5, *arguments, says=("File too large",),
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))

    def test_a_file_that_appears_meanwhile_is_not_replaced(self):
        reader, writer = os.pipe()
        process = subprocess.Popen([TOOL, "compress", "-q", "-", "-o", "b.vqi"], cwd=self.folder, stdin=reader,
                                   stderr=subprocess.PIPE)
        os.write(writer, self.read("a.png")[:100])
        while self.unread_bytes(reader) != 0:  # the tool reads only after it has checked the output
            time.sleep(0.01)
        os.close(reader)
        self.write("b.vqi", b"precious")
        os.write(writer, self.read("a.png")[100:])
        os.close(writer)
        err = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 2)
        self.assertRegex(err, FAILURE_LINE)
        self.assertEqual(self.read("b.vqi"), b"precious")
        self.assertEqual(self.temporaries(), [])

    @staticmethod
    def unread_bytes(pipe):
        return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]

    def test_an_input_that_shrinks_meanwhile_is_read_whole_or_refused(self):
        image = self.read("a.png")
        whole = self.reference_stream()
        for size in range(0, len(image), max(1, len(image) // 12)):
            self.write("a.png", image)
            process = subprocess.Popen([TOOL, "compress", "-q", "-f", "a.png"], cwd=self.folder,
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            os.truncate(self.folder / "a.png", size)
            err = process.communicate(timeout=60)[1]
            self.assertIn(process.returncode, (0, 3), err)
            if process.returncode == 0:
                self.assertEqual(self.read("a.vqi"), whole)
                (self.folder / "a.vqi").unlink()
            self.assertEqual(os.listdir(self.folder), ["a.png"])

    def in_mount(self, options, script):
        """Runs a shell script in its own mount namespace, where `small` is mounted with these options."""
        (self.folder / "small").mkdir()
        mount = f"mount {options} small"
        probe = subprocess.run(["unshare", "-m", "sh", "-c", mount], cwd=self.folder, capture_output=True, check=False)
        if probe.returncode != 0:
            self.skipTest("this user may not mount a file system")
        return subprocess.run(["unshare", "-m", "sh", "-c", f"{mount} && {script}"], cwd=self.folder,
                              capture_output=True, timeout=120, check=False, env={**os.environ, "VQI": TOOL})

    def test_a_full_disk_keeps_the_old_file_and_nothing_else(self):
        self.write("a.png", noise_png(400))
        self.write("old.vqi", b"old")
        result = self.in_mount("-t tmpfs -o size=64k none", """
            cp old.vqi small/a.vqi
            "$VQI" compress -q --effort 1 -f a.png -o small/a.vqi; echo "$?"
            "$VQI" compress -q --effort 1 a.png -o small/b.vqi; echo "$?"
            ls -A small; cat small/a.vqi""")
        self.assertEqual(result.stdout, b"5\n5\na.vqi\nold", result.stderr)
        self.assertEqual(result.stderr.count(b"No space left on device), free some space\n"), 2)

    def test_a_folder_that_is_read_only_is_told_before_the_work(self):
        self.write("old.vqi", b"old")
        result = self.in_mount("-t tmpfs none", """
            cp old.vqi small/a.vqi; mount -o remount,ro small
            "$VQI" compress -q -f a.png -o small/a.vqi; echo "$?"
            "$VQI" compress -q a.png --output-dir small/new; echo "$?"
            ls -A small; cat small/a.vqi""")
        self.assertEqual(result.stdout, b"5\n5\na.vqi\nold", result.stderr)
        self.assertEqual(result.stderr.count(b"Read-only file system"), 2)


if __name__ == "__main__":
    unittest.main()
