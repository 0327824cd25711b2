"""Threads, progress and interrupts of long calls."""
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import vqi
from python_case import PythonCase, main, picture


def long_image():
    """An image whose encoding at effort 9 takes many seconds."""
    return np.random.default_rng(1).integers(0, 65536, (700, 700, 3), np.uint16)


class Interrupts(PythonCase):
    def test_two_threads_are_inside_the_library_at_once(self):
        """Each call waits, inside of it, until the other is inside as well: one after the other they would never meet.
        """
        barrier = threading.Barrier(2)
        met = []

        def work(seed):
            waited = []

            def progress(stage, fraction):
                if not waited:
                    waited.append(stage)
                    barrier.wait(60)

            vqi.encode(picture(seed=seed), k=64, progress=progress)
            met.append(bool(waited))

        threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        self.assertEqual(met, [True, True])

    def test_python_goes_on_during_a_call(self):
        """The call ends only when another thread of Python has run."""
        ran = threading.Event()
        threading.Timer(0.05, ran.set).start()
        stop = lambda stage, fraction: not ran.is_set()  # noqa: E731
        with self.assertRaises(vqi.Error) as caught:
            vqi.encode(long_image(), k=4096, effort=9, progress=stop)
        self.assertEqual(caught.exception.code, "cancelled")

    def test_threads_share_no_error(self):
        good = vqi.encode(picture(), k=4).bytes
        wrong = []

        def work(data, code):
            for _ in range(50):
                try:
                    vqi.decode(data)
                    found = None
                except vqi.Error as error:
                    found = error.code
                if found != code:
                    wrong.append((found, code))

        cases = [(good, None), (good[:-1], "truncated"), (b"x" * 100, "bad_magic"), (good + b"x", "trailing_bytes")]
        threads = [threading.Thread(target=work, args=case) for case in cases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_progress_names_the_stages_in_their_order(self):
        told = []
        vqi.encode(picture(400, 400), k=256, progress=lambda stage, fraction: told.append((stage, fraction)))
        self.assertTrue(all(0 <= fraction <= 1 for _, fraction in told))
        stages = list(dict.fromkeys(stage for stage, _ in told))
        self.assertEqual(stages[0], "training")
        decoded = []
        data = vqi.encode(picture(400, 400), k=256).bytes
        vqi.decode(data, progress=lambda *at: decoded.append(at[0]))
        self.assertEqual(set(decoded), {"decoding"})

    def test_progress_changes_no_byte(self):
        image = picture()
        self.assertEqual(vqi.encode(image, k=50, progress=lambda *_: None).bytes, vqi.encode(image, k=50).bytes)

    def test_false_from_progress_stops_the_call(self):
        for call in (lambda stop: vqi.encode(long_image(), k=4096, effort=9, progress=stop),
                     lambda stop: vqi.sweep(long_image(), progress=stop),
                     lambda stop: vqi.train([long_image()], k=4096, effort=9, progress=stop)):
            with self.assertRaises(vqi.Error) as caught:
                call(lambda stage, fraction: False)
            self.assertEqual(caught.exception.code, "cancelled")

    def test_what_progress_raises_leaves_the_call(self):
        class Own(Exception):
            pass

        def fail(stage, fraction):
            raise Own(stage)

        for inside in (True, False):
            caught = []

            def call(caught=caught):
                try:
                    vqi.encode(long_image(), k=4096, effort=9, progress=fail)
                except Own as error:
                    caught.append(error.args)

            if inside:
                call()
            else:
                thread = threading.Thread(target=call)
                thread.start()
                thread.join()
            self.assertEqual(caught, [("training",)])
        with self.assertRaises(TypeError):
            vqi.encode(picture(), progress=3)

    def test_ctrl_c_ends_a_call_and_python_goes_on(self):
        """The program says when it is inside the call; the signal then raises KeyboardInterrupt there."""
        code = ("import sys, numpy, vqi\n"
                "image = numpy.random.default_rng(1).integers(0, 65536, (700, 700, 3), numpy.uint16)\n"
                "def tell(stage, fraction):\n"
                "    sys.stdout.write('inside\\n'); sys.stdout.flush()\n"
                "try:\n"
                "    vqi.encode(image, k=4096, effort=9, progress=tell)\n"
                "except KeyboardInterrupt:\n"
                "    print('stopped', vqi.encode(image[:8, :8]).report.k)\n")
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        self.assertEqual(process.stdout.readline(), "inside\n")
        os.kill(process.pid, signal.SIGINT)
        printed, said = process.communicate(timeout=200)
        self.assertEqual(printed.splitlines()[-1:], ["stopped 64"], said)
        self.assertEqual((process.returncode, said), (0, ""))


if __name__ == "__main__":
    main()
