"""Checks which symbols of vqi a shared object exports.

    exported_symbols.py api LIBRARY INCLUDE-FOLDER HEADER...   exactly what the headers mark with VQI_API
    exported_symbols.py none PLUGIN OBJECT...                  nothing of vqi but what its own objects define
"""

import pathlib
import re
import subprocess
import sys


def defined(path, *options):
    """The demangled symbols that `path` defines; with -D only the exported ones."""
    command = ["nm", "-C", *options, "--defined-only", path]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {line.split(" ", 2)[2] for line in lines.splitlines()}


def function_name(symbol):
    """vqi::Image::view of "vqi::Image::view() const"."""
    return symbol.split("(")[0].split("[")[0]


def marked(text):
    """The unqualified names of the functions in a header that are marked, and the classes."""
    text = re.sub(r"//[^\n]*", "", text)
    classes = set(re.findall(r"class VQI_API (\w+)", text))
    functions = set()
    for declaration in re.findall(r"VQI_API (?!\w+ final)([^;{]*?)\(", text):
        functions.add(re.search(r"(operator\W+|~?\w+)\s*$", declaration).group(1).strip())
    return functions, classes


def check_api(library, include, headers):
    functions, classes = set(), set()
    for header in headers:
        found = marked((pathlib.Path(include) / "vqi" / header).read_text())
        functions |= found[0]
        classes |= found[1]
    faults, seen = [], set()
    of_classes = {f"{kind} for vqi::{name}" for name in classes for kind in ("vtable", "typeinfo", "typeinfo name")}
    for symbol in sorted(defined(library, "-D")):
        name = function_name(symbol)
        *scopes, last = name.split("::")
        if symbol in of_classes or symbol.startswith("vqi_"):  # C: see c_api.sh
            continue
        if not scopes or scopes[0] != "vqi" or "detail" in scopes:
            faults.append(f"not of the API: {symbol}")
        elif scopes[-1] not in classes and last not in functions:
            faults.append(f"without VQI_API: {symbol}")
        seen.add(last)
    faults += [f"marked, but not exported: {name}" for name in sorted(functions - seen)]
    if not seen:
        faults.append("nothing is exported")
    return faults


def check_none(plugin, objects):
    symbols = defined(plugin, "-D")
    own = set().union(*(defined(path) for path in objects))
    faults = [f"exported again: {symbol}" for symbol in sorted(symbols - own) if "vqi::" in symbol]
    if "plugin_entry" not in symbols:
        faults.append("plugin_entry is not exported")
    return faults


def main():
    mode, *arguments = sys.argv[1:]
    if mode == "api":
        faults = check_api(arguments[0], arguments[1], arguments[2:])
    else:
        faults = check_none(arguments[0], arguments[1:])
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
