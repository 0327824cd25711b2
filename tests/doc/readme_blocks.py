#!/usr/bin/env python3
"""Runs what README.md shows.

  readme_blocks.py cpp README PREFIX SAMPLES WORK CXX CXXFLAGS  builds each ```cpp block with the installed package, runs it
  readme_blocks.py sh README PREFIX SAMPLES WORK                runs the ```sh blocks, one after the other, with vqi on PATH
  readme_blocks.py --self-test                                  checks how blocks are found

All run in WORK, emptied first, with a copy of the folder SAMPLES as `samples`. A C++ block without main is the body of
one, behind its includes. A shell block ends at its first command that fails; `./dev` lines are left out. A comment in
the line before a block changes that: `<!-- not run: reason -->`, or `<!-- exit N -->` where a shell block ends with N.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(r"(?:^<!--\s*(?P<note>[^\n]*?)\s*-->\n\s*)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
                   re.MULTILINE | re.DOTALL)
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(readme LANGUAGES CXX)
find_package(vqi CONFIG REQUIRED COMPONENTS codec image_io)
file(GLOB sources *.cpp)
foreach(source IN LISTS sources)
  cmake_path(GET source STEM name)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE vqi::codec vqi::image_io)
endforeach()
"""


def blocks(readme, language):
    """The (line, text, exit code) of each block of `language` that is to be run."""
    found = []
    for match in BLOCK.finditer(readme):
        note = match["note"] or ""
        if match["language"] != language or re.match(r"not run: \S", note):
            continue
        exit_note = re.fullmatch(r"exit (\d+)", note)
        line = readme.count("\n", 0, match.start("text")) + 1
        found.append((line, match["text"], int(exit_note[1]) if exit_note else 0))
    return found


def whole_program(text):
    """A C++ block as a program: what has no main becomes the body of one."""
    if re.search(r"\bmain\s*\(", text):
        return text
    lines = text.splitlines(keepends=True)
    head = "".join(line for line in lines if line.startswith("#include"))
    body = "".join(line for line in lines if not line.startswith("#include"))
    return f"{head}\nint main() {{\n{body}}}\n"


def shell_script(text):
    """A shell block without its ./dev lines."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("./dev"))


def run(command, work, expected=0, **environment):
    """Runs `command` in `work`; True if it ends with `expected`. Its output goes to ours."""
    code = subprocess.run(command, cwd=work, env={**os.environ, **environment}, stdin=subprocess.DEVNULL).returncode
    if code != expected:
        print(f"exit {code}, expected {expected}")
    return code == expected


def run_cpp(found, work, prefix, compiler, flags=""):
    project = work / "project"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
    for line, text, _ in found:
        (project / f"readme_line_{line}.cpp").write_text(whole_program(text), encoding="utf-8")
    build = project / "build"
    if not run(["cmake", "-G", "Ninja", "-S", project, "-B", build, "-DCMAKE_BUILD_TYPE=Release",
                f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_CXX_FLAGS={flags}"], work):
        return False
    if not run(["cmake", "--build", build], work):
        return False
    return all([run([build / f"readme_line_{line}"], work) for line, _, _ in found])


def run_sh(found, work, prefix):
    passed = True
    for line, text, expected in found:
        print(f"README.md:{line}", flush=True)
        path = f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}"
        passed &= run(["bash", "-euo", "pipefail", "-c", shell_script(text)], work, expected, PATH=path)
    return passed


def self_test():
    readme = ("text\n```sh\n./dev demo\nvqi info a.vqi\n```\n<!-- exit 1 -->\n```sh\nfalse\n```\n"
              "<!-- not run: needs a network -->\n\n```sh\ngit clone x\n```\n```cpp\n#include <a>\nf();\n```\n")
    assert blocks(readme, "sh") == [(3, "./dev demo\nvqi info a.vqi\n", 0), (8, "false\n", 1)], blocks(readme, "sh")
    assert shell_script("./dev demo\nvqi info a.vqi\n") == "vqi info a.vqi\n"
    assert blocks(readme, "cpp") == [(16, "#include <a>\nf();\n", 0)], blocks(readme, "cpp")
    assert whole_program("#include <a>\nf();\n") == "#include <a>\n\nint main() {\nf();\n}\n"
    assert whole_program("int main() {}\n") == "int main() {}\n"
    print("blocks are found as they should be")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    language, readme, prefix, samples, work = sys.argv[1:6]
    found = blocks(pathlib.Path(readme).read_text(encoding="utf-8"), language)
    if not found:
        return f"{readme} has no {language} block to run"
    work = pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copytree(samples, work / "samples")
    if language == "cpp":
        passed = run_cpp(found, work, prefix, *sys.argv[6:8])
    else:
        passed = run_sh(found, work, pathlib.Path(prefix))
    print(f"{len(found)} {language} blocks run")
    return not passed


if __name__ == "__main__":
    sys.exit(main())
