"""Completions: each shell runs its script and is asked what may follow."""
import os
import pty
import shutil
import subprocess
import unittest

from cli_case import CliCase

METHODS = ["anneal", "ecvq", "em", "kmeans"]


class Completion(CliCase):
    shell = "bash"

    def setUp(self):
        super().setUp()
        self.script = self.write(f"vqi-{self.shell}", self.succeed("help", "--completion", self.shell))
        for name in ("a.vqi", "b.png"):
            self.write(name, b"")
        (self.folder / "pictures").mkdir()

    def run_shell(self, *command):
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder, timeout=60,
                                env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}, check=False)
        self.assertEqual((result.stderr, result.returncode), (b"", 0), command)
        return result.stdout.decode()


@unittest.skipUnless(shutil.which("bash"), "bash is not installed")
class Bash(Completion):
    def complete(self, *words):
        quoted = " ".join(f"'{word}'" for word in ("vqi", *words))
        text = self.run_shell("bash", "--norc", "-c", f"source {self.script.name!r}; COMP_WORDS=({quoted}); "
                              f"COMP_CWORD={len(words)}; _vqi; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        return sorted(filter(None, text.split("\n")))

    def test_commands_options_and_values_are_completed(self):
        self.assertEqual(self.complete("com"), ["compare", "compress"])
        self.assertEqual(self.complete("compress", "--meth"), ["--method"])
        self.assertEqual(self.complete("compress", "--method", ""), METHODS)
        self.assertEqual(self.complete("compress", "--method", "e"), ["ecvq", "em"])
        self.assertEqual(self.complete("compress", "--method", "=", "e"), ["ecvq", "em"])
        self.assertEqual(self.complete("quantize", "--method", ""), ["ecvq", "kmeans"])
        self.assertEqual(self.complete("compress", "-k", ""), [])
        self.assertEqual(self.complete("help", "image"), ["image-formats"])
        self.assertEqual(self.complete("nonsense", ""), [])

    def test_values_of_a_list_are_completed_after_its_comma(self):
        self.assertEqual(self.complete("sweep", "--method", "kmeans,e"), ["kmeans,ecvq", "kmeans,em"])

    def test_files_are_completed_where_a_file_may_stand(self):
        self.assertEqual(self.complete("compress", ""), ["a.vqi", "b.png", "pictures", "vqi-bash"])
        self.assertEqual(self.complete("decompress", ""), ["a.vqi", "pictures"])
        self.assertEqual(self.complete("compress", "--output-dir", ""), ["pictures"])
        self.assertEqual(self.complete("compress", "--palette", "b"), ["b.png"])

    def test_the_script_registers_itself(self):
        self.assertEqual(self.run_shell("bash", "--norc", "-c", f"source {self.script.name!r}; complete -p vqi"),
                         "complete -F _vqi vqi\n")


@unittest.skipUnless(shutil.which("fish"), "fish is not installed")
class Fish(Completion):
    shell = "fish"

    def complete(self, line):
        text = self.run_shell("fish", "--no-config", "-c", f"source {self.script.name}; complete -C '{line}'")
        return sorted(each.split("\t")[0] for each in text.splitlines())

    def test_commands_options_and_values_are_completed(self):
        self.assertEqual(self.complete("vqi com"), ["compare", "compress"])
        self.assertEqual(self.complete("vqi compress --meth"), ["--method"])
        self.assertEqual(self.complete("vqi compress --method "), METHODS)
        self.assertEqual(self.complete("vqi compress --method=e"), ["--method=ecvq", "--method=em"])
        self.assertEqual(self.complete("vqi sweep --method kmeans,e"), ["kmeans,ecvq", "kmeans,em"])
        self.assertEqual(self.complete("vqi help image"), ["image-formats"])
        self.assertEqual(self.complete("vqi compress --output-dir "), ["pictures/"])
        self.assertEqual(self.complete("vqi compress --palette b"), ["b.png"])


# Each list that zsh would offer is written to a file, a line for each word, and after it a line of its own.
ZSHRC = """
autoload -Uz compinit && compinit -u -D
source {script}
compadd() {{
  local -a offered
  if [[ "${{argv[1,(i)(-|--)]}}" != *-[OAD]* ]]; then
    builtin compadd -O offered "$@"
    print -rl -- $offered >> offered
  fi
  builtin compadd "$@"
}}
ask() {{ zle complete-word; print = >> offered; zle kill-whole-line }}
zle -N ask
bindkey '^I' ask
PS1='READY>'
"""


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(Completion):
    shell = "zsh"

    def complete(self, *lines):
        """The words that are offered after each line; every line is typed, and a tab after it."""
        self.write(".zshrc", ZSHRC.format(script=self.script.name).encode())
        own, other = pty.openpty()
        with subprocess.Popen(["zsh", "-d", "-i"], stdin=other, stdout=other, stderr=other, cwd=self.folder,
                              start_new_session=True,
                              env={**os.environ, "ZDOTDIR": str(self.folder), "TERM": "vt100"}) as zsh:
            os.close(other)
            shown = b""
            while b"READY>" not in shown:
                shown += os.read(own, 4096)
            os.write(own, b"".join(line.encode() + b"\t" for line in lines) + b"exit\n")
            try:
                while os.read(own, 4096):
                    pass
            except OSError:
                pass  # zsh has closed its end
            self.assertEqual(zsh.wait(60), 0)
        os.close(own)
        return [sorted(filter(None, part.split("\n"))) for part in self.read("offered").decode().split("=\n")]

    def test_commands_options_and_values_are_completed(self):
        offered = self.complete("vqi com", "vqi compress --meth", "vqi compress --method ", "vqi compress --method=e",
                                "vqi sweep --method kmeans,e", "vqi help image", "vqi decompress ")
        self.assertEqual(offered[:6], [["compare", "compress"], ["--method"], METHODS, ["ecvq", "em"], ["ecvq", "em"],
                                       ["image-formats"]])
        self.assertIn("a.vqi", offered[6])
        self.assertNotIn("b.png", offered[6])


class Shells(CliCase):
    def test_the_script_of_another_shell_is_refused(self):
        self.fail_with(2, "help", "--completion", "csh", says=("bash, zsh or fish",))
        self.fail_with(2, "help", "--completion", says=("bash, zsh or fish",))


del Completion  # the cases of it are those of each shell


if __name__ == "__main__":
    unittest.main()
