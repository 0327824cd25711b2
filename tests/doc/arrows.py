#!/usr/bin/env python3
"""Checks includes: arrows between the parts, which file may use which third-party library, and unique file names.

  arrows.py ROOT         lists what breaks the rules in the tree at ROOT and exits 1, or exits 0 if nothing does
  arrows.py --self-test  breaks each rule in a tree that it makes, and fails unless all are noticed
"""
import pathlib
import re
import sys
import tempfile

# codec/parts.txt lists the parts of the core with the parts that each may use. These folders lie beside the core and
# use none of its headers, but for image_io, which runs on the threads of base, dithers by dither and has calls of vqi.h
# by the handles of binding.
BESIDE = {"include/vqi": (), "codec/image_io": ("codec/binding", "codec/dither", "codec/image",
                                                             "codec/base"), "tools/vqi": (),
          "tools/imagequant": (), "tools/python": (), "tools/web": (),
          "tools/desktop": (), "tools/bench": (), "samples": ()}


def read_parts(root):
    """Each part's folder, with the folders whose headers its files may include beside its own."""
    parts = dict(BESIDE)
    for line in (root / "codec/parts.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, used = line.split(":")
            reached = {}
            for folder in ("codec/" + word for word in used.split()):
                reached.update(dict.fromkeys((folder, *parts[folder])))
            parts["codec/" + name] = tuple(reached)
    return parts


# Third-party headers, and the paths that may include them. Tests may include anything.
THIRD_PARTY = {
    r"(oneapi/)?tbb/|oneapi/|execution$": ("codec/base/",),
    r"hwy/": ("codec/",),
    r"png\.h$|pngconf\.h$|zlib\.h$": ("codec/image_io/png/", "codec/image_io/tiff/deflate_check.cpp"),
    r"libdeflate\.h$|zopfli/": ("codec/image_io/deflate/", "codec/image_io/palette_png/png_file.cpp"),
    r"tiff(io|vers)?\.h$": ("codec/image_io/tiff/", "tests/unit/codec/image_io/tiff/"),
    r"opencv2/": ("codec/image_io/opencv/opencv_codec.cpp", "include/vqi/opencv.hpp", "tools/bench/"),
    r"CLI/": ("tools/",),
    r"nlohmann/": ("codec/binding/", "tools/"),
    r"libimagequant\.h$": ("tools/bench/", "tools/imagequant/"),
    r"Python\.h$": ("tools/python/core/python_object.hpp",),
    r"cairo(-svg)?\.h$": ("tools/vqi/plot/cairo_painter.cpp",),
}

SOURCE_FOLDERS = ("include", "codec", "tools", "samples", "tests")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)
# Names that may occur once in each folder.
COMMON_NAMES = ("CMakeLists.txt", "README.md", "__init__.py", "package.json")


def part_of(path, parts):
    """The folder of the part that `path` belongs to, or None."""
    return next((folder for folder in parts if path.startswith(folder + "/")), None)


def include_fault(path, header, by_name, parts):
    """Why `path` may not include `header`, or None."""
    for pattern, allowed in THIRD_PARTY.items():
        if re.match(pattern, header):
            return None if path.startswith(allowed) else "may not include it: only " + ", ".join(allowed)
    if header.startswith("vqi/") or header == "vqi.h" or header.endswith(".moc"):  # .moc: Qt's generator makes it
        return None
    target = by_name.get(header.rsplit("/", 1)[-1])
    if target is None:
        return None
    user, used = part_of(path, parts), part_of(target, parts)
    if user is None or used is None:
        return "one of the two lies in no part that codec/parts.txt or tests/doc/arrows.py knows"
    if user != used and used not in parts[user]:
        return f"{user} may not use {used}"
    return None


def faults(root):
    """A line for each include and file name that breaks a rule."""
    found = []
    parts = read_parts(root)
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
            fault = include_fault(name, header, by_name, parts)
            known = header.rsplit("/", 1)[-1] in by_name or any(re.match(p, header) for p in THIRD_PARTY)
            if fault is None and bracket == '"' and not known and not header.endswith(".moc"):
                fault = "no such file in the repository"
            if fault is not None:
                found.append(f"{name}: #include {header}: {fault}")
    return found


# Each breaks one rule: the file, what it includes, a part of the complaint.
VIOLATIONS = [
    ("codec/search/search.cpp", "<tbb/parallel_for.h>", "only codec/base/"),
    ("codec/search/search.cpp", "<execution>", "only codec/base/"),
    ("codec/image_io/formats.cpp", "<png.h>", "only codec/image_io/png/"),
    ("codec/image_io/formats.cpp", "<tiffio.h>", "only codec/image_io/tiff/"),
    ("tools/vqi/main.cpp", "<opencv2/core.hpp>", "only codec/image_io/opencv/opencv_codec.cpp"),
    ("include/vqi/image.hpp", "<hwy/highway.h>", "only codec/"),
    ("codec/base/base.cpp", "<CLI/CLI.hpp>", "only tools/"),
    ("tools/vqi/main.cpp", "<cairo.h>", "only tools/vqi/plot/cairo_"),
    ("tools/vqi/main.cpp", '"codebook.hpp"', "tools/vqi may not use codec/search"),
    ("samples/example.cpp", '"codebook.hpp"', "samples may not use codec/search"),
    ("codec/base/base.cpp", '"codebook.hpp"', "codec/base may not use codec/search"),
    ("codec/decode/decode.cpp", '"lloyd.hpp"', "codec/decode may not use codec/train"),
    ("codec/encode/prepared_image.cpp", '"crossing_search.hpp"', "codec/encode may not use codec/targets"),
    ("codec/stream/reader.cpp", '"lloyd.hpp"', "codec/stream may not use codec/train"),
    ("codec/stream/reader.cpp", '"nowhere.hpp"', "no such file"),
    ("codec/stream/codebook.hpp", "<vector>", "has the same file name"),
]

PARTS_OF_SELF_TEST = """base:
search: base
train: search
stream: search
decode: stream
encode: decode train
targets: encode
"""


def self_test():
    """Exits 0 if each violation is noticed and nothing else is."""
    failures = 0
    for path, header, complaint in VIOLATIONS:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "codec").mkdir()
            (root / "codec/parts.txt").write_text(PARTS_OF_SELF_TEST, encoding="utf-8")
            good = {"codec/search/codebook.hpp": "<vector>", "codec/train/refine/lloyd.hpp": '"codebook.hpp"',
                    "codec/targets/crossing_search.hpp": "<vector>", "codec/encode/encode.cpp": '"lloyd.hpp"',
                    "codec/base/parallel.cpp": "<tbb/parallel_for.h>"}
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
