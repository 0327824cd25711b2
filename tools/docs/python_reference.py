#!/usr/bin/env python3
"""Writes the reference of the Python package by pdoc, from docstrings and types: python_reference.py PACKAGE FOLDER.

PACKAGE is the folder of the package vqi with its extension module. A warning of pdoc, and a public name without a
docstring, is an error.
"""
import importlib
import pathlib
import pkgutil
import re
import sys
import types
import warnings

import pdoc
import pdoc.doc
import pdoc.docstrings
import pdoc.render

HERE = pathlib.Path(__file__).resolve().parent
PARAMETER = re.compile(r"^(\w+(?:, \w+)*) -- (.*)$")  # "name -- what it is", further lines indented


def load_types(package):
    """Types of annotations stand in a stub alone, which is Python that can be run."""
    module = types.ModuleType("vqi._types")
    module.__package__ = "vqi"
    sys.modules["vqi._types"] = module
    code = compile((package / "_types.pyi").read_text(encoding="utf-8"), "_types.pyi", "exec")
    exec(code, module.__dict__)  # pylint: disable=exec-used


def listed(docstring):
    """The docstring with its parameters as a list of Markdown."""
    lines, inside = [], False
    for line in docstring.splitlines():
        found = PARAMETER.match(line)
        if found:
            lines += [] if inside or not lines or not lines[-1] else [""]
            lines.append(f"- **{found[1]}**: {found[2]}")
        else:
            ends = inside and not line.startswith("    ")
            inside = inside and not ends
            lines += ["", line] if ends and line else [line]
        inside = inside or bool(found)
    return "\n".join(lines)


def undocumented(member):
    """Full names of public functions and classes without a docstring."""
    if isinstance(member, (pdoc.doc.Function, pdoc.doc.Class)) and not member.docstring:
        yield member.fullname
    if isinstance(member, pdoc.doc.Namespace):
        for child in member.own_members:
            if not child.name.startswith("_"):
                yield from undocumented(child)


def main():
    package, folder = (pathlib.Path(name).absolute() for name in sys.argv[1:])
    sys.path.insert(0, str(package.parent))
    load_types(package)
    importlib.import_module("vqi")
    names = ["vqi"] + [f"vqi.{found.name}" for found in pkgutil.iter_modules([str(package)])
                       if not found.name.startswith("_")]
    warnings.simplefilter("error")
    # Pillow's own annotations name what no Pillow has at run time.
    warnings.filterwarnings("ignore", message=r".*(PIL\.|VqiImageFile)")
    # Fields of a named tuple keep types as text, which only the module that defines it can read.
    warnings.filterwarnings("ignore", message=r"Error parsing type annotation ForwardRef.*\.__init__\.")
    pdoc.render.configure(docformat="markdown", show_source=False, template_directory=HERE / "pdoc")
    convert = pdoc.docstrings.convert
    pdoc.docstrings.convert = lambda docstring, *rest: convert(listed(docstring), *rest)
    pdoc.pdoc(*names, output_directory=folder)
    missing = [name for each in names for name in undocumented(pdoc.doc.Module(importlib.import_module(each)))]
    for name in missing:
        print(f"{name} has no docstring")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
