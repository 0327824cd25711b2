"""vqi stats, merge and train from parts: the codebook of one run, and nothing left over where something is wrong."""
import json
import os
import random
import shutil
import signal
import subprocess
import unittest

from cli_case import FAILURE_LINE, TOOL, CliCase, noise_png, png


def picture(seed, width=23, height=17, channels=3, depth=8):
    """A smooth picture with noise; blocks do not fit into its sides."""
    source = random.Random(seed)
    top = 2**depth - 1

    def pixel(x, y):
        return tuple(min(top, top * (x + y + seed * (c + 1)) // 90 + source.randrange(top // 20))
                     for c in range(channels))
    return png(width, height, pixel, channels, depth)


class Parts(CliCase):
    def setUp(self):
        super().setUp()
        self.names = [f"i{n:02}.png" for n in range(11)]
        for n, name in enumerate(self.names):
            self.write(name, picture(n))

    def stats(self, *arguments):
        return json.loads(self.succeed("stats", "--json", "-f", *arguments))

    def merge(self, *arguments):
        return json.loads(self.succeed("merge", "--json", "-f", *arguments))

    def book(self, *arguments):
        self.succeed("train", "-q", "-f", *arguments, "-k", "24", "--effort", "3", "-o", "book.vqb")
        return self.read("book.vqb")

    def shards(self, count, *options):
        names = [f"p{number}.vqs" for number in range(1, count + 1)]
        for number, name in enumerate(names, 1):
            self.stats(*self.names, "--shard", f"{number}/{count}", "-o", name, *options)
        return names

    def check_any_split(self, *options):
        wanted = self.book(*self.names, *options)
        source = random.Random(5)
        for count in (1, 3, len(self.names)):
            parts = self.shards(count, *options)
            self.assertEqual(self.book(*parts), wanted)
            parts += source.sample(parts, min(2, count))  # given twice
            source.shuffle(parts)
            self.merge(*parts[:count // 2 + 1], "-o", "half.vqs")
            self.merge("half.vqs", *parts, "-o", "all.vqs", "--threads", str(1 + count % 2))
            self.assertEqual(self.book("all.vqs"), wanted)

    def test_colours_in_any_split_give_the_codebook_of_one_run(self):
        self.check_any_split()

    def test_sampled_blocks_in_any_split_give_the_codebook_of_one_run(self):
        self.check_any_split("--block", "4x3", "--sample", "100")
        self.assertTrue(json.loads(self.succeed("train", "--json", "-f", "all.vqs", "-o", "book.vqb"))["sampled"])

    def test_pictures_of_every_type_with_a_repeated_one_give_the_codebook_of_one_run(self):
        for n, (channels, depth) in enumerate((c, d) for c in (1, 2, 3, 4) for d in (8, 16)):
            self.write(self.names[n], picture(n, channels=channels, depth=depth))
        shutil.copy(self.folder / self.names[4], self.folder / self.names[9])
        self.check_any_split("--sample", "150")

    def test_json_has_what_the_contract_names(self):
        result = self.stats(*self.names, "-o", "all.vqs")
        self.assertEqual(list(result), "schema command inputs output images pixels vectors distinct_vectors block "
                         "sample sampled variance shards output_bytes threads seconds warnings".split())
        self.assertEqual((result["command"], result["inputs"], result["output"]), ("stats", self.names, "all.vqs"))
        self.assertEqual((result["images"], result["pixels"], result["shards"]), (11, 11 * 23 * 17, 1))
        self.assertEqual((result["sample"], result["sampled"]), (1 << 20, False))
        self.assertEqual(result["output_bytes"], len(self.read("all.vqs")))
        trained = json.loads(self.succeed("train", "--json", "all.vqs", "-o", "a.vqb", "-k", "1"))
        self.assertEqual(trained["distinct_vectors"], result["distinct_vectors"])
        # One colour costs the variance, and what rounding it takes.
        self.assertAlmostEqual(trained["mse"], result["variance"], delta=0.25)
        merged = self.merge("all.vqs", "all.vqs", "-o", "again.vqs")
        self.assertEqual(set(merged) - set(result), {"repeated"})
        self.assertEqual((merged["command"], merged["images"], merged["repeated"]), ("merge", 11, 1))
        self.assertEqual(self.read("again.vqs"), self.read("all.vqs"))

    def test_text_says_whether_vectors_were_left_out(self):
        out = self.succeed("stats", *self.names, "-o", "a.vqs").decode()
        self.assertIn("11 images -> a.vqs", out)
        self.assertIn("all counted", out)
        out = self.succeed("stats", *self.names, "--block", "2x2", "--sample", "50", "-o", "b.vqs").decode()
        self.assertIn("50 distinct in a sample of 50", out)
        self.assertIn("estimated", self.succeed("train", "b.vqs", "-o", "b.vqb").decode())

    def test_a_picture_in_two_shards_counts_twice_and_a_shard_made_twice_once(self):
        self.write("same.png", self.read("i03.png"))
        for number in (1, 2):
            self.stats("i03.png", "same.png", "--shard", f"{number}/2", "-o", f"p{number}.vqs")
        self.stats("same.png", "i03.png", "--shard", "1/2", "-o", "retry.vqs")
        self.assertEqual(self.merge("p1.vqs", "p2.vqs", "retry.vqs", "-o", "all.vqs")["images"], 2)

    def test_what_would_count_twice_and_unlike_settings_are_refused(self):
        one, two, three = self.shards(3)
        self.merge(one, two, "-o", "left.vqs")
        self.merge(two, three, "-o", "right.vqs")
        for command in (("merge", "-o", "all.vqs"), ("train", "-o", "all.vqb")):
            self.fail_with(2, *command, "left.vqs", "right.vqs", says=("1 of its 2 shards", "left.vqs", "right.vqs"))
        self.stats("i00.png", "--block", "2x1", "-o", "blocks.vqs")
        self.stats("i00.png", "--sample", "9", "-o", "small.vqs")
        self.fail_with(2, "merge", one, "blocks.vqs", "-o", "all.vqs", says=("1x1", "2x1", "blocks.vqs"))
        self.fail_with(2, "merge", one, "small.vqs", "-o", "all.vqs", says=("1048576", "small.vqs"))
        self.fail_with(2, "train", one, "--block", "2x2", "-o", "a.vqb", says=("1x1", "2x2"))
        self.fail_with(2, "train", one, "--sample", "7", "-o", "a.vqb", says=("1048576", "7"))
        self.fail_with(2, "train", one, "--strict", "-o", "a.vqb", says=("--strict",))
        self.fail_with(2, "train", one, "i00.png", "-o", "a.vqb", says=("images and statistics",))

    def test_wrong_command_lines_are_refused_before_any_work(self):
        self.write("empty.txt", b"")
        self.fail_with(2, "stats", "-o", "a.vqs")
        self.fail_with(2, "stats", "--files-from", "empty.txt", "-o", "a.vqs", says=("names no file",))
        self.fail_with(2, "stats", "i00.png", says=("-o",))
        self.fail_with(2, "stats", "i00.png", "-o", "a.vqi", says=(".vqs",))
        self.fail_with(2, "stats", "i00.png", "--shard", "2/2", "-o", "a.vqs", says=("2/2", "none of 1 input"))
        self.fail_with(2, "stats", "i00.png", "--shard", "3/2", "-o", "a.vqs", says=("--shard",))
        self.fail_with(2, "merge", "-o", "a.vqs")
        self.stats("i00.png", "-o", "a.vqs")
        self.fail_with(2, "merge", "a.vqs", "-o", "a.vqs", "-f", says=("a.vqs",))
        self.fail_with(2, "stats", "i00.png", "-o", "a.vqs", says=("--force",))
        self.fail_with(3, "merge", "i00.png", "-o", "b.vqs", says=("i00.png", "not a .vqs file"))

    def test_damaged_parts_and_images_leave_no_output(self):
        self.stats(*self.names, "-o", "all.vqs")
        data = self.read("all.vqs")
        self.write("cut.vqs", data[:-9])
        self.write("flipped.vqs", data[:200] + bytes([data[200] ^ 4]) + data[201:])
        for name in ("cut.vqs", "flipped.vqs"):
            self.fail_with(3, "merge", "all.vqs", name, "-o", "b.vqs", says=(name, "at byte"))
            self.fail_with(3, "train", name, "-o", "b.vqb", says=(name, "at byte"))
        self.write("bad.png", self.read("i00.png")[:60])
        self.fail_with(3, "stats", "i01.png", "bad.png", "-o", "b.vqs", says=("bad.png",))
        self.fail_with(5, "stats", "missing.png", "-o", "b.vqs", says=("missing.png",))

    def test_too_little_memory_is_a_limit_and_a_sample_stays_within_it(self):
        self.write("a.png", noise_png(150))
        self.write("b.png", noise_png(150, seed=2))
        for n in (1, 2):
            self.stats("ab"[n - 1] + ".png", "-o", f"p{n}.vqs")
        limit = ("--max-memory", "600k")
        self.fail_with(4, "stats", "a.png", "-o", "c.vqs", *limit, says=("a.png", "--max-memory"))
        self.fail_with(4, "merge", "p1.vqs", "p2.vqs", "-o", "c.vqs", *limit, says=("--max-memory",))
        self.stats("a.png", "b.png", "--block", "2x2", "--sample", "1000", "-o", "c.vqs", *limit)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_cannot_be_written_to_is_told(self):
        (self.folder / "closed").mkdir(mode=0o500)
        self.fail_with(5, "stats", "i00.png", "-o", "closed/a.vqs", says=("closed",))

    def test_a_stopped_run_leaves_nothing(self):
        before = self.files()
        process = subprocess.Popen([TOOL, "stats", "i00.png", "-", "-o", "a.vqs"], stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.folder,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(process.kill)
        # The tool catches signals before it reads; more than a pipe holds is only taken by one that reads.
        process.stdin.write(b"\x89PNG\r\n\x1a\n" + bytes(200_000))
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        err = process.stderr.read()
        process.stdin.close()
        process.stderr.close()
        self.assertEqual(process.returncode, 130, err)
        self.assertRegex(err, FAILURE_LINE)
        self.assertEqual(self.files(), before)

    def test_parts_come_from_standard_input_lists_and_folders(self):
        wanted = self.book(*self.names)
        parts = self.shards(3)
        piped = self.succeed("stats", *self.names, "--shard", "1/3", "-o", "-")
        self.assertEqual(piped, self.read("p1.vqs"))
        self.succeed("merge", "-q", "-", *parts[1:], "-o", "all.vqs", stdin=piped)
        self.assertEqual(self.book("all.vqs"), wanted)
        self.write("list.txt", "\n".join(parts).encode())
        self.assertEqual(self.book("--files-from", "list.txt"), wanted)
        (self.folder / "d/e").mkdir(parents=True)
        for name, folder in zip(parts, ("d", "d/e", "d")):
            shutil.move(self.folder / name, self.folder / folder)
        shutil.copy(self.folder / "i00.png", self.folder / "d")
        self.merge("-r", "d", "-o", "all.vqs")
        self.assertEqual(self.book("all.vqs"), wanted)

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
    def test_gnu_parallel_on_two_hosts_gathers_the_shards_of_one_list(self):
        wanted = self.book(*self.names)
        self.write("list.txt", "\n".join(self.names).encode())
        # [OPTION...] HOST [--] COMMAND...: runs the command here, and notes the host; like sshd it says which shell.
        ssh = self.write("ssh", b"#!/bin/sh\nwhile :; do case $1 in -*) shift;; *) break;; esac; done\n"
                         b"echo \"$1\" >>hosts.log\nshift\n[ \"$1\" = -- ] && shift\nSHELL=/bin/sh exec sh -c \"$*\"\n")
        ssh.chmod(0o755)
        recipe = (f"parallel --ssh './ssh' -S 1/node1,1/node2 --workdir \"$PWD\" --joblog jobs.log --resume-failed "
                  f"\"'{TOOL}' stats -q --files-from list.txt --shard {{}}/4 -o part{{}}.vqs\" ::: $(seq 4)")
        subprocess.run(recipe, shell=True, check=True, cwd=self.folder, env={**os.environ, "HOME": str(self.folder)})
        hosts = (self.folder / "hosts.log").read_text().split()
        self.assertEqual(len(hosts), 4)
        self.assertLessEqual(set(hosts), {"node1", "node2"})
        self.assertEqual(self.book(*(f"part{number}.vqs" for number in range(1, 5))), wanted)

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
    def test_gnu_parallel_gathers_shards_and_after_a_failure_only_those_that_are_missing(self):
        wanted = self.book(*self.names)
        self.write("list.txt", "\n".join(self.names).encode())
        recipe = ("parallel --joblog jobs.log --resume-failed "
                  f"\"'{TOOL}' stats -q --files-from list.txt --shard {{}}/4 -o part{{}}.vqs\" ::: 1 2 3 4")

        def gather():
            return subprocess.run(recipe, shell=True, check=False, cwd=self.folder, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(self.folder)}).returncode

        def times():
            return {path.name: path.stat().st_mtime_ns for path in self.folder.glob("part*.vqs")}

        shutil.move(self.folder / "i06.png", self.folder / "away.png")  # of the third shard
        self.assertNotEqual(gather(), 0)
        before = times()
        self.assertEqual(sorted(before), ["part1.vqs", "part2.vqs", "part4.vqs"])
        shutil.move(self.folder / "away.png", self.folder / "i06.png")
        self.assertEqual(gather(), 0)
        after = times()
        self.assertIsNotNone(after.pop("part3.vqs", None))
        self.assertEqual(after, before)
        self.assertEqual(self.book("part1.vqs", "part2.vqs", "part3.vqs", "part4.vqs"), wanted)


if __name__ == "__main__":
    unittest.main()
