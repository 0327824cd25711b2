"""Man pages and "vqi help TOPIC": they have what --help and CLI.md have, and no more."""
import os
import re
import shutil
import subprocess
import unittest

from cli_case import CliCase

PAGES = ["vqi.1", "vqi-compress.1", "vqi-decompress.1", "vqi-quantize.1", "vqi-sweep.1", "vqi-info.1", "vqi-compare.1",
         "vqi-train.1", "vqi-stats.1", "vqi-merge.1", "vqi-palette.1", "vqi.5"]
COMMANDS = [page[len("vqi-"):-len(".1")] for page in PAGES[1:-1]]


def help_options(text):
    """All names of the options that a help text lists."""
    lists = re.findall(r"^  ((?:-[\w-]+(?:, )?)+)", text, re.MULTILINE)
    return {name for names in lists for name in names.split(", ")}


def page_options(roff):
    """All names of the options that are explained in a page, in its lists of terms."""
    terms = re.findall(r"^\.TP\n(\\fB\\-.*)$", roff, re.MULTILINE)
    return {name.replace("\\", "") for term in terms for name in re.findall(r"\\fB((?:\\-|\w)+)", term)}


class Pages(CliCase):
    def page(self, name):
        return self.succeed("help", "--man", name).decode()

    def test_there_is_a_page_for_the_program_for_each_command_and_for_the_format(self):
        self.assertEqual(self.succeed("help", "--man").decode().split(), PAGES)
        for name in PAGES:
            roff = self.page(name)
            title, section = name.rsplit(".", 1)
            title = title.upper().replace("-", "\\-")
            self.assertRegex(roff, rf'(?m)^\.TH {re.escape(title)} {section} "[\d-]+" "vqi {os.environ["VQI_VERSION"]}')
            self.assertNotIn("](", roff)
            self.assertNotIn("`", roff)

    def test_a_page_explains_the_options_of_help_and_no_other(self):
        for command in COMMANDS:
            listed = help_options(self.succeed(command, "--help").decode())
            self.assertGreater(len(listed), 10)
            self.assertEqual(page_options(self.page(f"vqi-{command}.1")), listed, command)

    def test_values_of_options_are_those_that_a_refusal_names(self):
        self.write("a.png", b"")
        checked = set()
        for command in COMMANDS:
            for term, values in re.findall(r"^\.TP\n(\\fB\\-.*)\n(?:[^.].*\n)*?\.br\n((?:[^.].*\n)+)",
                                           self.page(f"vqi-{command}.1"), re.MULTILINE):
                listed = re.match(r"Values: ((?:\\fB[^;\s]+\\fR(?:, )?)+)", values.replace("\n", " "))
                if not listed or " or " in values.split(";")[0]:
                    continue
                option = re.findall(r"\\fB((?:\\-|\w)+)", term)[-1].replace("\\", "")
                names = [name.replace("\\-", "-") for name in re.findall(r"\\fB(.*?)\\fR", listed.group(1))]
                if names == ["-"] or option == "--fix":
                    continue
                error = self.fail_with(2, command, option, "surely-not", "a.png").decode()
                given = re.search(r", give (.*?)(?:;|$)", error.strip()).group(1)
                self.assertEqual(sorted(re.split(r", | or ", given)), sorted(names), (command, option))
                checked.add((command, option))
        for option in ("--method", "--dither", "--model", "--gap-rule"):
            self.assertIn(("compress", option), checked)
        self.assertIn(("palette", "--to"), checked)
        self.assertGreater(len(checked), 15)

    def test_the_program_s_page_has_what_holds_for_all_commands(self):
        roff = self.page("vqi.1")
        for heading in ("OPTIONS OF EVERY COMMAND", "IMAGE FORMATS", "FIGURES", "JSON", "EXIT CODES", "SEE ALSO"):
            self.assertIn(f"\n.SH {heading}\n", roff)
        for command in COMMANDS:
            self.assertIn(f"\n.BR vqi\\-{command} (1)", roff)
        self.assertIn("\n.SH CODINGS\n", self.page("vqi.5"))

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc_has_nothing_to_say_of_any_page(self):
        for name in PAGES:
            path = self.write(name, self.page(name).encode())
            result = subprocess.run(["mandoc", "-Tlint", path], stdout=subprocess.PIPE, check=False)
            self.assertEqual((result.stdout, result.returncode), (b"", 0))

    @unittest.skipUnless(shutil.which("man") and shutil.which("groff"), "man or groff is not installed")
    def test_man_sets_every_page_without_a_warning(self):
        for name in PAGES:
            path = self.write(name, self.page(name).encode())
            result = subprocess.run(["man", "--warnings", "-l", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}, check=False)
            self.assertEqual((result.stderr, result.returncode), (b"", 0))
            self.assertIn(b"SEE ALSO", re.sub(rb".\x08", b"", result.stdout))

    def test_a_page_that_does_not_exist_is_refused(self):
        self.fail_with(2, "help", "--man", "vqi.2", says=("vqi.2", "--man"))
        self.fail_with(2, "help", "--man", "vqi.1", "vqi.5", says=("one page",))


class Topics(CliCase):
    def test_every_topic_of_the_general_help_is_printed_within_80_columns(self):
        listed = self.succeed("--help").decode().split("part of:\n")[1].split("\n\n")[0].split()
        self.assertIn("image-formats", listed)
        for topic in listed:
            text = self.succeed("help", topic).decode()
            self.assertNotIn("](", text)
            self.assertEqual(text.splitlines()[0].lower().replace(" ", "-"),
                             topic if topic != "file-format" else "the-.vqi-format,-version-1.3")
            lines = [line for line in text.splitlines() if not line.startswith("    ")]  # code keeps its lines
            self.assertLessEqual(max(map(len, lines)), 80, topic)

    def test_a_word_of_a_topic_is_enough_where_no_other_topic_has_it(self):
        self.assertEqual(self.succeed("help", "formats"), self.succeed("help", "image-formats"))
        self.assertEqual(self.succeed("help", "exit"), self.succeed("help", "exit-codes"))
        self.fail_with(2, "help", "fi", says=("no command and no topic",))

    def test_what_is_no_topic_is_refused_with_the_nearest(self):
        self.fail_with(2, "help", "figurs", says=('did you mean "figures"?',))
        self.fail_with(2, "help", "compress", "figures", says=("one command or topic",))

    def test_help_explains_the_options_and_values_that_it_is_asked_for(self):
        for word, says in {
                "kmeans": ("vqi compress: Options for finding colours", "--method NAME", "kmeans aims at the least"),
                "block": ("--block WxH", "vqi sweep: "),
                "--lambda": ("--lambda L", "vqi quantize: "),
                "ecvq": ("ecvq weighs distortion",),
                "mse": ("Figures\n", "mean squared difference"),
                "npy": ("NumPy array",)}.items():
            text = self.succeed("help", word).decode()
            for part in says:
                self.assertIn(part, text)
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertNotIn("--effort", self.succeed("help", "block").decode())
        self.fail_with(2, "help", "surely-not", says=("no topic",))


if __name__ == "__main__":
    unittest.main()
