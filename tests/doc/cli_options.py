#!/usr/bin/env python3
"""Checks that CLI.md and --help name the same options of each command.

  cli_options.py DOCUMENT VQI  lists the options that only one of them names and exits 1, or exits 0
  cli_options.py --self-test   checks how options are found in both

A section `## vqi COMMAND` names the options of a command, in the first column of its tables or in its text; a section
`## Options of every command` names those of all.
"""
import pathlib
import re
import subprocess
import sys

OPTION = r"-{1,2}[a-zA-Z][\w-]*"
COMMON = "Options of every command"


def sections(document):
    """The text of each section of the second level, by its title."""
    parts = re.split(r"^## (.*)\n", document, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def help_options(text):
    """The options that a help text lists, each by one name, short or long."""
    return {names[-1] for names in
            (re.findall(OPTION, names) for names in re.findall(rf"^  ((?:{OPTION}(?:, )?)+)", text, re.MULTILINE))}


def listed_options(section):
    """The options in the first column of the section's tables, each by its last name."""
    rows = re.findall(r"^\| (`-.*?) \|", section, re.MULTILINE)
    return {re.findall(rf"`({OPTION})", row)[-1] for row in rows}


def named_options(section):
    """All options that the section names anywhere."""
    return set(re.findall(rf"`({OPTION})", section))


def faults(document, helps):
    """A line for each option that only one of both names; `helps` has the help text of each command."""
    found = []
    parts = sections(document)
    common = listed_options(parts.get(COMMON, ""))
    for command, text in helps.items():
        section = parts.get(f"vqi {command}", "")
        known = help_options(text)
        found += [f"{command}: {option} is not in the document" for option in
                  sorted(known - common - named_options(section))]
        found += [f"{command}: {option} is not in --help" for option in
                  sorted((common | listed_options(section)) - known)]
    documented = {title[len("vqi "):] for title in parts if title.startswith("vqi ")}
    return found + [f"{command} has no section, or is no command" for command in sorted(documented ^ set(helps))]


def self_test():
    text = "Output:\n  -o, --output FILE     Write\n  -k N  Codewords\n  --json  JSON, not --text\n"
    assert help_options(text) == {"--output", "-k", "--json"}, help_options(text)
    document = ("# x\n## vqi a\n| option |\n|---|\n| `-o FILE`, `--output FILE` | `--no` |\n\n`-k` is as ever.\n"
                "## Options of every command\n| `--json` | |\n")
    assert faults(document, {"a": text}) == []
    assert faults(document, {"a": text + "  --new  New\n"}) == ["a: --new is not in the document"]
    assert faults(document, {"a": text.replace("-o, --output", "-p, --put")}) == [
        "a: --put is not in the document", "a: --output is not in --help"]
    assert faults(document, {"a": text, "b": "  --json\n"}) == ["b has no section, or is no command"]
    print("options are found as they should be")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    document, vqi = sys.argv[1:]

    def help_of(*words):
        return subprocess.run([vqi, *words, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout

    commands = re.findall(r"^  (\w+) ", help_of().split("Commands:\n")[1].split("\n\n")[0], re.MULTILINE)
    found = faults(pathlib.Path(document).read_text(encoding="utf-8"), {name: help_of(name) for name in commands})
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
