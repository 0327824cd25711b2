#!/usr/bin/env python3
"""Checks the rules of CONTRIBUTING.md that can be counted: lengths, folders, opening sentences, a unit test per source.

  house_rules.py ROOT         lists what breaks the rules in the tree at ROOT and exits 1, or exits 0
  house_rules.py --self-test  breaks every rule in a tree of its own and fails unless each is noticed

tests/doc/untested_sources.txt has "PATH: REASON" for each source without a unit test of its own; the reason names the
test that covers it, and goes on in indented lines.
"""
import os
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree that is checked
from function_lengths import functions  # noqa: E402

FILE_LINES_MAX = 400
# A decoder in one file is one so that firmware takes it over by copying it; split up it would not be that.
ONE_FILE_LINES_MAX = {"include/vqi_decode.h": 999}
FUNCTION_LINES_MAX = 60
FOLDER_FILES_MAX = 26
COLUMNS_MAX = 120
DOCUMENT_LINES_MAX = {"README.md": 160, "codec/DESIGN.md": 300}

# Folders of data, which nobody reads file by file.
DATA_FOLDERS = {"tests/conformance/files": "frozen streams, one for each case of the manifest",
                "samples/images": "pictures that the sample programs render"}
# Text that programs read: its lines are as long as its data.
DATA_TEXTS = re.compile(r"tests/conformance/.*\.(txt|jsonl)$|samples/data/|.*\.(svg|csv)$")
# The report's page is embedded as it stands: other line breaks would change the files that the tool writes. Its
# markup needs no opening sentence for the same reason.
EMBEDDED = re.compile(r"tools/vqi/report/.*\.(js|css|html)$")

CODE_SUFFIXES = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".js", ".mjs", ".css", ".html", ".cmake"}
TEXT_SUFFIXES = CODE_SUFFIXES | {".md", ".in", ".txt"}
CODE_NAMES = {"CMakeLists.txt", "dev", "run"}
TEXT_NAMES = {".clang-format", ".clang-tidy", ".editorconfig", ".gitignore"}
NO_FOLDERS = {".git", ".cache", "__pycache__"}

COMMENT_STARTS = {".cpp": "// ", ".hpp": "// ", ".h": "/* ", ".c": "/* ", ".js": "// ", ".mjs": "// ", ".css": "/* ",
                  ".py": '"""'}
UNTESTED = "tests/doc/untested_sources.txt"
TESTED_FOLDERS = ("codec/", "tools/vqi/")
# A header alone needs a test from functions of this many lines on; what is shorter only passes something on.
LOGIC_LINES_MIN = 3


class Tree:
    """The files of ours below a root, by their paths relative to it, and their lines where they are text."""

    def __init__(self, root):
        self.root = root
        self.names = []
        for folder, below, files in os.walk(root):
            at_root = pathlib.Path(folder) == root
            below[:] = sorted(name for name in below
                              if name not in NO_FOLDERS and not (at_root and name.startswith("build")))
            self.names += [(pathlib.Path(folder) / name).relative_to(root).as_posix() for name in sorted(files)]
        self.lines = {name: (root / name).read_text(encoding="utf-8").splitlines()
                      for name in self.names if self.is_text(name)}

    @staticmethod
    def is_code(name):
        return pathlib.PurePath(name).suffix in CODE_SUFFIXES or name.rsplit("/", 1)[-1] in CODE_NAMES

    @staticmethod
    def is_text(name):
        if DATA_TEXTS.match(name) or name.startswith(tuple(folder + "/" for folder in DATA_FOLDERS)):
            return False
        base = name.rsplit("/", 1)[-1]
        return pathlib.PurePath(name).suffix in TEXT_SUFFIXES or base in CODE_NAMES or base in TEXT_NAMES

    def code(self):
        """(name, lines) of every source file."""
        return ((name, lines) for name, lines in self.lines.items() if self.is_code(name))


def long_files(tree):
    for name, lines in tree.code():
        most = ONE_FILE_LINES_MAX.get(name, FILE_LINES_MAX)
        if len(lines) > most:
            yield f"{name}:{len(lines)}: {len(lines)} lines, more than {most}"
    for name, most in DOCUMENT_LINES_MAX.items():
        if len(tree.lines.get(name, [])) > most:
            yield f"{name}:{len(tree.lines[name])}: {len(tree.lines[name])} lines, more than {most}"


def long_functions(tree):
    for name, _ in tree.code():
        for function, first, length in functions(tree.root / name):
            if length > FUNCTION_LINES_MAX:
                yield f"{name}:{first}: {function} has {length} lines, more than {FUNCTION_LINES_MAX}"


def full_folders(tree):
    counts = {}
    for name in tree.names:
        folder = name.rpartition("/")[0]
        counts[folder] = counts.get(folder, 0) + 1
    for folder, count in counts.items():
        if count > FOLDER_FILES_MAX and folder not in DATA_FOLDERS:
            yield f"{folder or '.'}: {count} files, more than {FOLDER_FILES_MAX}"


def long_lines(tree):
    for name, lines in tree.lines.items():
        for number, line in enumerate([] if EMBEDDED.match(name) else lines, 1):
            if len(line) <= COLUMNS_MAX or (name.endswith(".md") and line.startswith("|")):
                continue
            if len(re.sub(r"\S*://\S*", "", line)) > COLUMNS_MAX:
                yield f"{name}:{number}: {len(line)} columns, more than {COLUMNS_MAX}"


def opening(name, lines):
    """The first sentence of a source file, or "" where it begins with something else."""
    first = 1 if lines and lines[0].startswith("#!") else 0
    line = lines[first] if len(lines) > first else ""
    start = COMMENT_STARTS.get(pathlib.PurePath(name).suffix, "# ")
    return line[len(start):].strip() if line.startswith(start) else ""


def silent_sources(tree):
    for name, lines in tree.code():
        if name.endswith(".html"):
            continue
        said = opening(name, lines)
        if len(said.split()) < 2:
            yield f"{name}:1: does not begin with a comment that says what the file is for"
        header = name[:-4] + ".hpp"
        if name.endswith(".cpp") and header in tree.lines and said and said == opening(header, tree.lines[header]):
            yield f"{name}:1: repeats the first sentence of {header}"


def test_of(source):
    """Where the unit test of `source` lies."""
    stem = source.rsplit(".", 1)[0]
    return f"tests/unit/{stem.removesuffix('-inl')}_test.cpp"


def needs_test(tree, name):
    if not name.startswith(TESTED_FOLDERS):
        return False
    if name.endswith(".cpp"):
        return True
    return (name.endswith(".hpp") and name[:-4] + ".cpp" not in tree.lines and
            any(length >= LOGIC_LINES_MIN for _, _, length in functions(tree.root / name)))


def read_reasons(tree):
    """The first line and the whole reason of each path in the list of untested sources, and (line, path) of each path
    that is listed again."""
    reasons, repeated, path = {}, [], None
    for number, line in enumerate(tree.lines.get(UNTESTED, []), 1):
        if line.startswith(" ") and path is not None:
            first, reason = reasons[path]
            reasons[path] = (first, reason + line)
        elif line and not line.startswith("#"):
            path, _, reason = line.partition(": ")
            if path in reasons:
                repeated.append((number, path))
            reasons[path] = (number, reason)
    return reasons, repeated


def untested_sources(tree):
    """Sources without a unit test or a reason, and reasons that are stale or name no test."""
    reasons, repeated = read_reasons(tree)
    for number, name in repeated:
        yield f"{UNTESTED}:{number}: {name} is listed twice"
    wanted = {name for name in tree.lines if needs_test(tree, name) and test_of(name) not in tree.lines}
    for name in sorted(wanted - reasons.keys()):
        yield f"{name}:1: neither {test_of(name)} nor a reason in {UNTESTED}"
    for name, (number, reason) in reasons.items():
        tests = [word.strip(".,;()") for word in reason.split() if word.startswith("tests/")]
        if name not in wanted:
            yield f"{UNTESTED}:{number}: stale: {name} is gone, has a unit test, or needs none"
        elif not tests or not all(test in tree.lines for test in tests):
            yield f"{UNTESTED}:{number}: the reason for {name} names no test that exists"


def strayed_tests(tree):
    sources = {test_of(name) for name in tree.lines if name.endswith((".cpp", ".hpp"))}
    for name in tree.lines:
        if name.startswith("tests/unit/") and name.endswith(".cpp") and name not in sources:
            yield f"{name}:1: mirrors no source: the test of PATH/NAME.cpp is tests/unit/PATH/NAME_test.cpp"


def unlisted_tests(tree):
    """Test names at which a CMake list breaks: ctest would take all cases of the program for one, and run none."""
    for name, lines in tree.lines.items():
        for number, line in enumerate(lines, 1):
            if name.startswith("tests/") and name.endswith(".cpp") and re.match(r'TEST_CASE\("[^"]*[\[\];]', line):
                yield f"{name}:{number}: the name of a test has a bracket or a semicolon"


RULES = (long_files, long_functions, full_folders, long_lines, silent_sources, untested_sources, strayed_tests,
         unlisted_tests)


def faults(root):
    tree = Tree(root)
    return [fault for rule in RULES for fault in rule(tree)]


HEAD = "// Says what it is for.\n"
BODY = "int twice(int number) {\n  return 2 * number;\n}\n"


def function_of(lines, head="void long_one() {", line="  work();"):
    return "\n".join([head, *[line] * (lines - 2), "}", ""])


# A tree at the limits of every rule.
GOOD = {
    "codec/base/one.cpp": HEAD + function_of(60),
    "codec/base/one.hpp": "// Another sentence, for the header.\nint twice(int);\n",
    "tests/unit/codec/base/one_test.cpp": HEAD,
    "codec/base/short.hpp": HEAD + "inline int four() { return 4; }\n",
    "codec/base/kernel-inl.hpp": HEAD + BODY,
    "tests/unit/codec/base/kernel_test.cpp": HEAD,
    "tools/vqi/wiring.cpp": HEAD,
    UNTESTED: "# PATH: REASON\ntools/vqi/wiring.cpp: only wires;\n  tests/cli/wiring_cases.py runs it.\n",
    "tests/cli/wiring_cases.py": '#!/usr/bin/env python3\n"""Says what it is for."""\n',
    "tools/bench/table.cpp": HEAD + "constexpr int numbers[] = {\n" + "    1,\n" * 200 + "};\n",
    "tools/bench/type.hpp": HEAD + "struct Type : Base<int> {\n" + "  int a = 1;\n" * 200 + "};\n",
    "tools/bench/full.cpp": HEAD + "\n" * 399,
    "include/vqi_decode.h": "/* Says what it is for. */\n" + "\n" * 998,
    "samples/CMakeLists.txt": "# Says what it is for.\n",
    "samples/column.hpp": "// " + "word " * 23 + "né\n",
    "README.md": "short\n| " + "a table " * 20 + "|\nA link: https://example.org/" + "x" * 120 + "\n" * 157,
    "codec/DESIGN.md": "short\n" * 300,
    **{f"samples/images/{n}.png": "" for n in range(30)},
    **{f"tests/data/{n}.bin": "" for n in range(26)},
}
# One broken rule each: the file, its text (none: the file is missing), a piece of the complaint.
VIOLATIONS = [
    ("tools/bench/full.cpp", HEAD + "\n" * 400, "401 lines"),
    ("include/vqi_decode.h", "/* Says what it is for. */\n" + "\n" * 999, "1000 lines"),
    ("README.md", "short\n" * 161, "161 lines"),
    ("codec/DESIGN.md", "short\n" * 301, "301 lines"),
    ("codec/base/one.cpp", HEAD + function_of(61), "long_one has 61 lines"),
    ("tools/bench/new.cpp", HEAD + "namespace a {\n" + function_of(61, "A::A(int b) : b_{b}, c_(b) {") + "}\n",
     "A::A has"),
    ("tools/bench/new.cpp", HEAD + function_of(61, "const auto table = [] {"), "lambda has 61 lines"),
    ("tools/bench/new.cpp", HEAD + "class A {\n public:\n" + function_of(61, "bool operator()(int b) const {") + "};\n",
     "operator() has"),
    ("tools/bench/new.cpp",
     HEAD + function_of(61, 'char f(const char* text = "}") {', "  g('{', R\"(})\", 1'000); // }"), "f has 61 lines"),
    ("tools/bench/new.cpp", HEAD + function_of(60, "template <class T>\nauto f(T t) -> Type<T> {", "  {}"),
     "f has 61 lines"),
    ("tests/cli/new.py", '"""Says what it is for."""\ndef f():\n' + "    g()\n" * 60, "f has 61 lines"),
    ("tools/vqi/page.js", HEAD + function_of(61, "  show(row) {").replace("\n}", "\n  },"), "show has 61 lines"),
    ("cmake/new.cmake", "# Says what it is for.\nfunction(f)\n" + "  g()\n" * 59 + "endfunction()\n",
     "f has 61 lines"),
    ("tools/new.sh", "# Says what it is for.\n" + function_of(61, "f() {"), "f has 61 lines"),
    ("tests/data/new.bin", "", "27 files"),
    ("samples/column.hpp", "// " + "word " * 23 + "née\n", "121 columns"),
    ("README.md", "word " * 25, "125 columns"),
    ("samples/CMakeLists.txt", "add_executable(a b.cpp)\n", "does not begin"),
    ("tests/cli/wiring_cases.py", "import sys\n", "does not begin"),
    ("tools/bench/table.cpp", "#include <vector>\n", "does not begin"),
    ("codec/base/one.hpp", HEAD, "repeats the first sentence"),
    ("codec/base/new.cpp", HEAD, "neither tests/unit/codec/base/new_test.cpp nor"),
    ("codec/base/short.hpp", HEAD + BODY, "neither tests/unit/codec/base/short_test.cpp nor"),
    ("tests/unit/codec/base/kernel_test.cpp", None, "neither tests/unit/codec/base/kernel_test.cpp nor"),
    ("tools/vqi/wiring.cpp", None, "stale"),
    ("tests/unit/tools/vqi/wiring_test.cpp", HEAD, "stale"),
    ("tests/cli/wiring_cases.py", None, "names no test that exists"),
    (UNTESTED, "tools/vqi/wiring.cpp: it only wires.\n", "names no test that exists"),
    (UNTESTED, "tools/vqi/wiring.cpp: tests/cli/wiring_cases.py.\n" * 2, "is listed twice"),
    ("tests/unit/codec/one_test.cpp", HEAD, "mirrors no source"),
    ("tests/unit/codec/base/kernel_test.cpp", HEAD + 'TEST_CASE("numbers lie in [0, 1)") {}\n', "has a bracket"),
]


def found_in(texts):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return faults(pathlib.Path(folder))


def self_test():
    """Exits 0 if the good tree has no fault and every violation is noticed, and nothing else."""
    failures = len(found_in(GOOD))
    if failures:
        print("a tree without faults:", found_in(GOOD))
    for name, text, complaint in VIOLATIONS:
        texts = {**GOOD, name: text}
        found = found_in({path: content for path, content in texts.items() if content is not None})
        if len(found) != 1 or complaint not in found[0]:
            print(f"{name}: expected one line with '{complaint}', found {found}")
            failures += 1
    print(f"{len(VIOLATIONS)} broken rules, {failures} failures")
    return failures != 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = faults(pathlib.Path(sys.argv[1]))
    print("\n".join(found) if found else "all rules are kept")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
