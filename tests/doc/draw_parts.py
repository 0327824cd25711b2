#!/usr/bin/env python3
"""Draws the picture of parts and types in codec/DESIGN.md from codec/parts.txt and the headers.

  draw_parts.py --update ROOT   writes the picture between its two marker comments
  draw_parts.py --check ROOT    exits 1 if the picture is not what the code gives
  draw_parts.py --self-test     draws a tree that it makes, changes it, and fails unless each change is noticed

A box is a part. It names the types of the part's headers that most files of other parts mention, and the calls of
include/vqi that its sources define. An arrow goes from a part to each part that parts.txt lets it use.
"""
import collections
import pathlib
import re
import sys
import tempfile

BEGIN = "<!-- drawn by tests/doc/draw_parts.py from codec/parts.txt and the headers -->"
END = "<!-- end of the drawn picture -->"
DOCUMENT = "codec/DESIGN.md"
PUBLIC = "include/vqi"
TYPES_MAX = 4
LINE_MAX = 118

# With clang-format, lines at namespace scope begin in the first column, and no others do.
TYPE = re.compile(r"^(?:class|struct|enum class)(?: \[\[\w+\]\])?(?: VQI_\w+)? (\w+)(?: final)?(?: :[^:].*)? ?\{")
CALL = re.compile(r"^(?!return\b|using\b|template\b|namespace\b|#)[\w\[\]].*?[ *&](\w+)\(")
NAMESPACE = re.compile(r"^(?:inline )?namespace ?([\w:]*) \{$")


def read_parts(root):
    """Each part with the parts that it may use, in the order of parts.txt."""
    lines = (root / "codec/parts.txt").read_text(encoding="utf-8").splitlines()
    return {name: used.split() for name, used in (line.split(":") for line in lines if line and line[0] != "#")}


def sources(folder, *suffixes):
    """The text of each source in and below the folder, without comments."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in suffixes)
    return [re.sub(r"//(?! namespace).*", "", path.read_text(encoding="utf-8")) for path in paths]


def names_at_scope(text, pattern):
    """The (namespace, name) pairs that `pattern` finds in lines at namespace scope, outside unnamed namespaces."""
    found, inside = [], []
    for line in text.splitlines():
        if opened := NAMESPACE.match(line):
            inside.append(opened[1])
        elif line.startswith("}  // namespace"):
            inside.pop()
        elif inside and "" not in inside and (match := pattern.match(line)):
            found.append(("::".join(inside), match[1]))
    return found


def reached(part, parts):
    """All parts that `part` may use, directly or through others."""
    return {other for used in parts[part] for other in {used} | reached(used, parts)}


def principal_types(headers, users):
    """The types of the headers that occur in most texts of `users`, by name."""
    mentions = collections.Counter(word for text in users for word in set(re.findall(r"[A-Z]\w+", text)))
    types = {name for text in headers for _, name in names_at_scope(text, TYPE)}
    ranked = sorted((name for name in types if mentions[name]), key=lambda name: (-mentions[name], name))
    return sorted(ranked[:TYPES_MAX])


def defined_calls(public_headers, implementations):
    """The calls of the public headers that the sources define, in the order of their names."""
    declared = {pair for text in public_headers for pair in names_at_scope(text, CALL)}
    defined = {pair for text in implementations for pair in names_at_scope(text, CALL)}
    return sorted({name for _, name in declared & defined})


def box(name, title, types, calls):
    """A box of the picture, on one line; calls that do not fit are left out."""
    calls = [f"{call}()" for call in calls]
    for shown in range(len(calls), -1, -1):
        called = calls[:shown] + ["..."] * (shown < len(calls))
        rows = [f"<b>{title}</b>", ", ".join(types), ", ".join(called)]
        line = f'  {name}["{"<br/>".join(row for row in rows if row)}"]'
        if len(line) <= LINE_MAX:
            break
    return line


def arrow(name, used):
    return [f"  {name} --> {' & '.join(used)}"] if used else []


def draw(root):
    """The lines of the picture."""
    parts = read_parts(root)
    public_headers = sources(root / PUBLIC, ".hpp")
    texts = {part: sources(root / "codec" / part, ".hpp", ".cpp") for part in parts}
    lines = ["```mermaid", "flowchart TB"]
    for part in reversed(parts):
        users = [text for other in parts if part in reached(other, parts) for text in texts[other]]
        types = principal_types(sources(root / "codec" / part, ".hpp"), users)
        calls = defined_calls(public_headers, sources(root / "codec" / part, ".cpp"))
        lines.append(box(part, part, types, calls))
    for part in reversed(parts):
        lines += arrow(part, parts[part])
    everywhere = [text for part in parts for text in texts[part]]
    lines.append(box("public", PUBLIC, principal_types(public_headers, everywhere), []))
    return [*lines, "```"]


def split_document(text):
    """The lines before, between and after the marker comments; raises ValueError unless each marker occurs once."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("the two marker comments of the picture must each be there once")
    before, rest = text.split(BEGIN)
    drawn, after = rest.split(END)
    return before, drawn, after


def check(root):
    """What is wrong with the picture in the document, or None."""
    _, drawn, _ = split_document((root / DOCUMENT).read_text(encoding="utf-8"))
    old, new = drawn.strip().splitlines(), draw(root)
    if old == new:
        return None
    gone = [f"- {line.strip()}" for line in old if line not in new]
    come = [f"+ {line.strip()}" for line in new if line not in old]
    changes = "\n".join(gone + come) or "(the same lines in another order)"
    return (f"{DOCUMENT}: the picture of parts and types is not what the code gives:\n{changes}\n"
            "Update it with:  python3 tests/doc/draw_parts.py --update .")


def update(root):
    path = root / DOCUMENT
    before, _, after = split_document(path.read_text(encoding="utf-8"))
    picture = "\n".join(draw(root))
    path.write_text(f"{before}{BEGIN}\n{picture}\n{END}{after}", encoding="utf-8")


TREE = {
    "codec/parts.txt": "# comment\nbase:\ntrain: base\ndecode: base\n",
    "codec/base/pool.hpp": "namespace vqi {\nclass Pool final {\n  struct Inner {};\n};\nstruct Lonely {\n};\n}\n",
    "codec/train/lloyd/lloyd.hpp": "namespace vqi::detail {\nvoid lloyd(const Pool& pool);  // not Lonely\n}\n",
    "codec/train/lloyd/lloyd.cpp": "namespace vqi::detail {\nvoid decode(Bytes bytes) {\n}\n}\n",
    "codec/decode/decode.cpp": "namespace vqi {\nnamespace {\nint peek(int at) {\n}\n}  // namespace\n"
                               "Image decode(Bytes bytes) {\n}\n}\n",
    "include/vqi/codec.hpp": "namespace vqi {\nstruct Image {\n};\n/// Text.\n"
                             "[[nodiscard]] Image decode(Bytes bytes);\nint peek(int at);\n}\n",
    DOCUMENT: f"# Design\n\n{BEGIN}\n{END}\n\nText.\n",
}
DRAWN = """```mermaid
flowchart TB
  decode["<b>decode</b><br/>decode()"]
  train["<b>train</b>"]
  base["<b>base</b><br/>Pool"]
  decode --> base
  train --> base
  public["<b>include/vqi</b><br/>Image"]
```""".splitlines()
# Each changes one file: the file, the text before and after, a part of the complaint or None.
CHANGES = [
    ("codec/parts.txt", "decode: base", "decode: base train", "+ decode --> base & train"),
    ("codec/parts.txt", "train: base", "train:", "- train --> base"),
    ("codec/base/pool.hpp", "class Pool", "class Workers", "- base"),
    ("codec/train/lloyd/lloyd.hpp", "Pool& pool", "Pool& pool, Lonely", "<br/>Lonely, Pool"),
    ("codec/decode/decode.cpp", "Image decode(", "Image unpack(", "- decode"),
    ("codec/decode/decode.cpp", "Bytes bytes", "Bytes bytes, Image", None),
    ("codec/DESIGN.md", '  train["<b>train</b>"]\n', "", "+ train"),
    ("codec/DESIGN.md", "  decode --> base\n", "  decode --> base\n  decode --> train\n", "- decode --> train"),
]


def self_test():
    """Exits 0 if the tree is drawn right and each change is noticed."""
    failures = 0
    for path, old, new, complaint in CHANGES:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in TREE.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            if draw(root) != DRAWN:
                sys.exit("the tree is drawn otherwise:\n" + "\n".join(draw(root)))
            first = check(root)
            update(root)
            kept = (root / DOCUMENT).read_text(encoding="utf-8")
            if first is None or check(root) is not None or not kept.startswith("# Design") or "Text." not in kept:
                sys.exit("an empty picture goes unnoticed, or the updated one is not accepted")
            text = (root / path).read_text(encoding="utf-8")
            assert old in text, (path, old)
            (root / path).write_text(text.replace(old, new), encoding="utf-8")
            found = check(root)
            if (found is not None) != (complaint is not None) or (complaint and complaint not in found):
                print(f"{path}, {old!r} -> {new!r}: expected {complaint!r}, found {found!r}")
                failures += 1
    print(f"{len(CHANGES) - failures} of {len(CHANGES)} changes were judged as they should be")
    return failures != 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 3 or sys.argv[1] not in ("--check", "--update"):
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "--update":
        update(root)
        return 0
    fault = check(root)
    print(fault or f"the picture in {DOCUMENT} is what the code gives")
    return fault is not None


if __name__ == "__main__":
    sys.exit(main())
