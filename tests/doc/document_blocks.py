#!/usr/bin/env python3
"""Runs the code and the commands that a document shows, and compares what they print with what it shows.

  document_blocks.py cpp DOCUMENT PREFIX SAMPLES WORK CXX CXXFLAGS
      builds each ```cpp block with the installed package, and runs them in order
  document_blocks.py sh DOCUMENT PREFIX SAMPLES WORK
      runs the ```sh blocks in order, with vqi on PATH
  document_blocks.py --self-test
      checks how blocks are found and outputs compared

All run in WORK, which is emptied first, with a copy of the folder SAMPLES as `samples`. A C++ block without main is the
body of one, after its includes. A shell block ends at its first command that fails; `./dev` lines are left out. A
```text block directly after a block is its standard output, apart from lines with seconds. A comment in the line before
a block changes what is expected: `<!-- not run: reason -->`, or `<!-- exit N -->` for a shell block that exits with N.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing

BLOCK = re.compile(r"(?:^<!--\s*(?P<note>[^\n]*?)\s*-->\n\s*)?^```(?P<language>\w+)\n(?P<text>.*?)^```$"
                   r"(?:\n```text\n(?P<output>.*?)^```$)?", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"^  seconds .*\n", re.MULTILINE)
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(document LANGUAGES CXX)
find_package(vqi CONFIG REQUIRED COMPONENTS codec image_io opencv)
file(GLOB sources *.cpp)
foreach(source IN LISTS sources)
  cmake_path(GET source STEM name)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE vqi::codec vqi::image_io vqi::opencv)
endforeach()
"""


class Block(typing.NamedTuple):
    line: int  # of its first line in the document
    text: str
    exit_code: int = 0
    output: typing.Optional[str] = None  # what the document shows as its output; None: nothing


def blocks(document, language):
    """The blocks of `language`, without the blocks that a comment says not to run."""
    found = []
    for match in BLOCK.finditer(document):
        note = match["note"] or ""
        if match["language"] != language or re.match(r"not run: \S", note):
            continue
        exit_note = re.fullmatch(r"exit (\d+)", note)
        line = document.count("\n", 0, match.start("text")) + 1
        found.append(Block(line, match["text"], int(exit_note[1]) if exit_note else 0, match["output"]))
    return found


def whole_program(text):
    """A C++ block as a program: a block without main becomes the body of one."""
    if re.search(r"\bmain\s*\(", text):
        return text
    lines = text.splitlines(keepends=True)
    head = "".join(line for line in lines if line.startswith("#include"))
    body = "".join(line for line in lines if not line.startswith("#include"))
    return f"{head}\nint main() {{\n{body}}}\n"


def shell_script(text):
    """A shell block without its ./dev lines."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("./dev"))


def same_output(expected, printed):
    """Whether both are equal apart from lines with seconds."""
    return SECONDS.sub("", expected) == SECONDS.sub("", printed)


def run(command, work, block=None, **environment):
    """Runs `command` in `work` and prints its output; returns whether exit code and output are as `block` says."""
    block = block or Block(0, "")
    result = subprocess.run(command, cwd=work, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE)
    sys.stdout.buffer.write(result.stdout)
    sys.stdout.flush()
    passed = result.returncode == block.exit_code
    if not passed:
        print(f"exit {result.returncode}, expected {block.exit_code}")
    if block.output is not None and not same_output(block.output, result.stdout.decode()):
        print(f"the document shows another output:\n{block.output}")
        passed = False
    return passed


def run_cpp(found, stem, work, prefix, compiler, flags=""):
    project = work / "project"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
    for block in found:
        (project / f"{stem}_line_{block.line}.cpp").write_text(whole_program(block.text), encoding="utf-8")
    build = project / "build"
    settings = {"BUILD_TYPE": "Release", "PREFIX_PATH": prefix, "CXX_COMPILER": compiler, "CXX_FLAGS": flags}
    definitions = [f"-DCMAKE_{name}={value}" for name, value in settings.items()]
    if not run(["cmake", "-G", "Ninja", "-S", project, "-B", build, *definitions], work):
        return False
    if not run(["cmake", "--build", build], work):
        return False
    passed = True
    for block in found:
        print(f"{stem}:{block.line}", flush=True)
        passed &= run([build / f"{stem}_line_{block.line}"], work, block)
    return passed


def run_sh(found, stem, work, prefix):
    passed = True
    for block in found:
        print(f"{stem}:{block.line}", flush=True)
        path = f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}"
        passed &= run(["bash", "-euo", "pipefail", "-c", shell_script(block.text)], work, block, PATH=path)
    return passed


def self_test():
    document = ("text\n```sh\n./dev demo\nvqi info a.vqi\n```\n```text\na.vqi\n  seconds 1\n```\n"
                "<!-- exit 1 -->\n```sh\nfalse\n```\n<!-- not run: needs a network -->\n\n```sh\ngit clone x\n```\n"
                "```cpp\n#include <a>\nf();\n```\n\n```text\nof nothing\n```\n")
    assert blocks(document, "sh") == [Block(3, "./dev demo\nvqi info a.vqi\n", 0, "a.vqi\n  seconds 1\n"),
                                      Block(12, "false\n", 1)], blocks(document, "sh")
    assert shell_script("./dev demo\nvqi info a.vqi\n") == "vqi info a.vqi\n"
    assert blocks(document, "cpp") == [Block(20, "#include <a>\nf();\n")], blocks(document, "cpp")
    assert whole_program("#include <a>\nf();\n") == "#include <a>\n\nint main() {\nf();\n}\n"
    assert whole_program("int main() {}\n") == "int main() {}\n"
    assert same_output("a\n  seconds     1\nb\n", "a\n  seconds     2\nb\n")
    assert not same_output("a\n", "b\n")
    work = pathlib.Path.cwd()
    assert run(["sh", "-c", "echo a; exit 3"], work, Block(1, "", 3, "a\n"))
    assert not run(["sh", "-c", "echo a; exit 3"], work, Block(1, "", 3, "b\n"))
    assert not run(["sh", "-c", "echo a; exit 3"], work, Block(1, "", 0, "a\n"))
    print("blocks are found, run and compared as they should be")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    language, document, prefix, samples, work = sys.argv[1:6]
    document = pathlib.Path(document)
    found = blocks(document.read_text(encoding="utf-8"), language)
    if not found:
        return f"{document} has no {language} block to run"
    work = pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copytree(samples, work / "samples")
    stem = document.stem.lower()
    if language == "cpp":
        passed = run_cpp(found, stem, work, prefix, *sys.argv[6:8])
    else:
        passed = run_sh(found, stem, work, pathlib.Path(prefix))
    print(f"{len(found)} {language} blocks run")
    return not passed


if __name__ == "__main__":
    sys.exit(main())
