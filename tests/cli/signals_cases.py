"""Ctrl-C and other signals: the exit code, one line, and no file left over."""
import os
import signal
import subprocess
import time
import unittest

from cli_case import FAILURE_LINE, TOOL, CliCase, gradient_png, noise_png


def default_signals():
    # A test that runs in the background has SIGINT ignored, and the tool would inherit that.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Signals(CliCase):
    def start(self, *arguments, stdin=subprocess.DEVNULL):
        """Starts the tool and waits until it catches signals."""
        process = subprocess.Popen([TOOL, *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   cwd=self.folder, preexec_fn=default_signals)
        self.addCleanup(process.kill)
        self.wait_for(lambda: self.catches(process.pid, signal.SIGTERM))
        return process

    def wait_for(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), deadline, "the tool did not get there")
            time.sleep(0.01)

    @staticmethod
    def catches(pid, number):
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            caught = next(line for line in status if line.startswith("SigCgt:"))
        return bool(int(caught.split()[1], 16) >> (number - 1) & 1)

    @staticmethod
    def processor_seconds(pid):
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def finish(self, process, code):
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, err)
        return out, err

    def test_stopped_while_learning(self):
        self.write("a.png", noise_png(700))
        before = self.files()
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start("compress", "-k", "65536", "a.png")
            # Reading takes a fraction of this time, the whole work many times longer.
            self.wait_for(lambda: self.processor_seconds(process.pid) > 0.5)
            process.send_signal(number)
            out, err = self.finish(process, 128 + number)
            self.assertEqual(out, b"")
            self.assertRegex(err, FAILURE_LINE)
            self.assertIn(b"vqi: a.png: ", err)
            self.assertEqual(self.files(), before)

    def test_a_stopped_search_or_sweep_leaves_nothing(self):
        self.write("a.png", noise_png(1200))
        before = self.files()
        for arguments in (("compress", "--psnr", "50", "a.png", "-o", "b.vqi"),
                          ("compress", "--max-bytes", "1300000", "a.png", "-o", "b.vqi"),
                          ("sweep", "a.png", "-k", "65536,60000,50000", "--csv", "b.csv", "--report", "b.html")):
            process = self.start(*arguments)
            self.wait_for(lambda: self.processor_seconds(process.pid) > 0.5)
            process.send_signal(signal.SIGINT)
            self.assertRegex(self.finish(process, 130)[1], FAILURE_LINE)
            self.assertEqual(self.files(), before, arguments)

    def test_stopped_while_reading_standard_input(self):
        process = self.start("compress", "-", "-o", "b.vqi", stdin=subprocess.PIPE)
        process.stdin.write(b"\x89PNG")
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)  # the input stays open, as its end would be another failure
        self.assertRegex(self.finish(process, 130)[1], FAILURE_LINE)
        self.assertEqual(self.files(), {})

    def test_stopped_while_writing_to_a_full_pipe(self):
        self.write("a.png", noise_png(300))
        process = self.start("compress", "-k", "65536", "--max-iterations", "0", "a.png", "-o", "-")
        process.stdout.read(1)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        self.assertEqual(process.returncode, 143)

    def test_a_stopped_batch_is_told_once_to_people_and_for_every_input_to_programs(self):
        for index in range(4):
            os.mkfifo(self.folder / f"{index}.png")
        holders = [os.open(self.folder / f"{index}.png", os.O_RDWR) for index in range(4)]  # so that reading never ends
        process = self.start("compress", "--json", "--threads", "2", *[f"{index}.png" for index in range(4)])
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = self.finish(process, 130)
        for holder in holders:
            os.close(holder)
        self.assertEqual(out.count(b'"code":"cancelled"'), 4)
        self.assertRegex(err, FAILURE_LINE)
        self.assertFalse([name for name in os.listdir(self.folder) if not name.endswith(".png")])

    def test_a_second_signal_ends_what_does_not_listen(self):
        for name in ("a.png", "b.png"):
            os.mkfifo(self.folder / name)  # opening them blocks until there is a writer, in threads that get no signal
        process = self.start("compress", "a.png", "b.png")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        self.finish(process, 130)

    def test_ignored_signals_stay_ignored(self):
        self.write("a.png", gradient_png())
        process = subprocess.Popen([TOOL, "compress", "-q", "-", "-o", "b.vqi"], stdin=subprocess.PIPE, cwd=self.folder,
                                   stderr=subprocess.PIPE,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        self.wait_for(lambda: self.catches(process.pid, signal.SIGTERM))
        process.send_signal(signal.SIGINT)
        process.communicate(input=gradient_png(), timeout=60)
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
