#!/usr/bin/env python3
"""Checks who includes whom: the arrows between the parts, who may see which third-party library, unique file names.

  arrows.py ROOT         lists what breaks the rules in the tree at ROOT and exits 1, or exits 0 in silence
  arrows.py --self-test  breaks every rule in a tree of its own and fails unless each is noticed
"""
import pathlib
import re
import sys
import tempfile

# A part, and the parts whose headers its files may include beside its own. A key is a folder or one file; the longest
# key that fits a file counts. The rest of codec/ is decided per file, so that decoding cannot come to need training.
BELOW_CODEC = ("codec/base", "codec/image", "codec/model", "codec/entropy", "codec/stream", "codec/measure")
PARTS = {
    "include/vqi": (),
    "codec/base": (),
    "codec/image": ("codec/base",),
    "codec/measure": ("codec/base", "codec/image"),
    "codec/mixture": ("codec/base",),
    "codec/model": ("codec/base", "codec/image"),
    "codec/train": ("codec/base", "codec/image", "codec/model", "codec/mixture"),
    "codec/entropy": ("codec/base", "codec/image", "codec/model"),
    "codec/ecvq": ("codec/base", "codec/image", "codec/model", "codec/mixture", "codec/train", "codec/entropy"),
    "codec/stream": ("codec/base", "codec/image", "codec/model", "codec/entropy"),
    "codec/image_io": (),
    "codec": BELOW_CODEC,
    "codec/encode": BELOW_CODEC + ("codec", "codec/ecvq", "codec/train"),
    "codec/sweep": BELOW_CODEC + ("codec", "codec/encode", "codec/ecvq", "codec/train", "codec/mixture"),
    "tools/vqi": (),
    "tools/bench": (),
    "samples": (),
}

# Third-party headers, and the paths that may include them. Tests may include anything.
THIRD_PARTY = {
    r"(oneapi/)?tbb/|oneapi/|execution$": ("codec/base/",),
    r"hwy/": ("codec/",),
    r"png\.h$|pngconf\.h$|zlib\.h$": ("codec/image_io/png_",),
    r"opencv2/": ("codec/image_io/opencv_codec.cpp", "include/vqi/opencv.hpp", "tools/bench/"),
    r"CLI/|nlohmann/": ("tools/",),
    r"libimagequant\.h$": ("tools/bench/",),
    r"cairo(-svg)?\.h$": ("tools/vqi/plot/cairo_painter.cpp",),
}

SOURCE_FOLDERS = ("include", "codec", "tools", "samples", "tests")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)
# Names that every folder may have one of.
COMMON_NAMES = ("CMakeLists.txt", "README.md")


def part_of(path):
    """The key of PARTS that `path` belongs to, or None."""
    fitting = [key for key in PARTS if path.startswith(key + "/") or path.startswith(key + ".")]
    return max(fitting, key=len, default=None)


def include_fault(path, header, by_name):
    """What is wrong with `path` including `header`, or None."""
    for pattern, allowed in THIRD_PARTY.items():
        if re.match(pattern, header) and not path.startswith(allowed):
            return "may not include it: only " + ", ".join(allowed)
    if header.startswith("vqi/"):
        return None
    target = by_name.get(header.rsplit("/", 1)[-1])
    if target is None:
        return None
    user, used = part_of(path), part_of(target)
    if user is None or used is None:
        return "one of the two lies in no part that tests/doc/arrows.py knows"
    if user != used and used not in PARTS[user]:
        return f"{user} may not use {used}"
    return None


def faults(root):
    """All that breaks the rules, one line each."""
    found = []
    sources = sorted(path for folder in SOURCE_FOLDERS for path in (root / folder).rglob("*")
                     if path.is_file() and "__pycache__" not in path.parts)
    names = [path.relative_to(root).as_posix() for path in sources]
    by_name = {}
    for name in names:
        base = name.rsplit("/", 1)[-1]
        if base not in COMMON_NAMES and base in by_name:
            found.append(f"{name}: {by_name[base]} has the same file name")
        by_name.setdefault(base, name)
    for name, source in zip(names, sources):
        if source.suffix not in (".hpp", ".cpp") or name.startswith("tests/"):
            continue
        for bracket, header in INCLUDE.findall(source.read_text(encoding="utf-8")):
            fault = include_fault(name, header, by_name)
            known = header.rsplit("/", 1)[-1] in by_name or any(re.match(p, header) for p in THIRD_PARTY)
            if fault is None and bracket == '"' and not known:
                fault = "no such file in the repository"
            if fault is not None:
                found.append(f"{name}: #include {header}: {fault}")
    return found


# One broken rule each: the file, what it includes, a piece of the complaint.
VIOLATIONS = [
    ("codec/model/search.cpp", "<tbb/parallel_for.h>", "only codec/base/"),
    ("codec/model/search.cpp", "<execution>", "only codec/base/"),
    ("codec/image_io/formats.cpp", "<png.h>", "only codec/image_io/png_"),
    ("tools/vqi/main.cpp", "<opencv2/core.hpp>", "only codec/image_io/opencv_codec.cpp"),
    ("include/vqi/image.hpp", "<hwy/highway.h>", "only codec/"),
    ("codec/base/base.cpp", "<CLI/CLI.hpp>", "only tools/"),
    ("tools/vqi/main.cpp", "<cairo.h>", "only tools/vqi/plot/cairo_"),
    ("tools/vqi/main.cpp", '"codebook.hpp"', "tools/vqi may not use codec/model"),
    ("samples/example.cpp", '"codebook.hpp"', "samples may not use codec/model"),
    ("codec/base/base.cpp", '"codebook.hpp"', "codec/base may not use codec/model"),
    ("codec/decode.cpp", '"lloyd.hpp"', "codec may not use codec/train"),
    ("codec/encode/prepared_image.cpp", '"crossing_search.hpp"', "codec/encode may not use codec/sweep"),
    ("codec/stream/reader.cpp", '"lloyd.hpp"', "codec/stream may not use codec/train"),
    ("codec/stream/reader.cpp", '"nowhere.hpp"', "no such file"),
    ("codec/stream/codebook.hpp", "<vector>", "has the same file name"),
]


def self_test():
    """Exits 0 if every violation is noticed, and nothing else."""
    failures = 0
    for path, header, complaint in VIOLATIONS:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            good = {"codec/model/codebook.hpp": "<vector>", "codec/train/lloyd.hpp": '"codebook.hpp"',
                    "codec/sweep/crossing_search.hpp": "<vector>", "codec/encode.cpp": '"lloyd.hpp"', "codec/base/parallel.cpp": "<tbb/parallel_for.h>"}
            for name, included in {**good, path: header}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(f"#include {included}\n", encoding="utf-8")
            found = faults(root)
            if len(found) != 1 or not found[0].startswith(path) or complaint not in found[0]:
                print(f"{path} with {header}: expected one line with '{complaint}', found {found}")
                failures += 1
    print(f"{len(VIOLATIONS) - failures} of {len(VIOLATIONS)} broken rules noticed")
    return failures != 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = faults(pathlib.Path(sys.argv[1]))
    print("\n".join(found) if found else "all includes follow the arrows")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
