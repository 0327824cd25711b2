#!/usr/bin/env python3
"""Finds the functions of a source file and counts the lines of each, from the first line of its head to its last brace.

  function_lengths.py FILE...   prints FILE:LINE: lines, name

C++ is read token by token; what stands inside a function, lambdas and local classes too, counts as part of it. Python
is parsed. JavaScript, shell and CMake are read by their indentation, which their layout keeps.
"""
import ast
import pathlib
import re
import sys

CPP_TOKEN = re.compile(
    r"""(?P<skip>//[^\n]*|/\*.*?\*/|\#(?:[^\n\\]|\\.)*)"""
    r"""|(?P<raw>(?:u8|[uUL])?R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)")"""
    r"""|(?P<text>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<word>[A-Za-z_]\w*|[0-9](?:'?[\w.])*)|(?P<sign>::|->|\S)""", re.DOTALL | re.VERBOSE)
# What may stand between a function's parameters and its body.
AFTER_PARAMETERS = {"const", "noexcept", "override", "final", "mutable", "try", "constexpr"}
TYPE_WORDS = {"class", "struct", "union", "enum"}
BEFORE_TYPE = {"typedef", "static", "constexpr", "inline", "const"}


def cpp_tokens(source):
    """(text, line) of each token; preprocessor lines and comments are none, and a string is the token \"."""
    tokens, line, at = [], 1, 0
    for match in CPP_TOKEN.finditer(source):
        line += source.count("\n", at, match.start())
        at = match.start()
        if match.lastgroup != "skip" and not match.group("skip"):
            plain = match.group("word") or match.group("sign")
            tokens.append((plain or '"', line))
    return tokens


def matching(tokens, first, opening, closing):
    """The place of the token that closes the one at `first`."""
    depth = 0
    for place in range(first, len(tokens)):
        depth += (tokens[place][0] == opening) - (tokens[place][0] == closing)
        if depth == 0:
            return place
    return len(tokens) - 1


def without_template(head):
    """A head, as a list of words, without `template <...>` before it."""
    while head[:2] == ["template", "<"]:
        depth, place = 0, 1
        for place in range(1, len(head)):
            depth += (head[place] == "<") - (head[place] == ">")
            if depth == 0:
                break
        head = head[place + 1:]
    return head


def name_in(head):
    """The function's name, with its class: what stands before the parameters, unless that makes it a lambda."""
    if "(" not in head or head[-1] == "]" or ("=" in head[:head.index("(")] and "operator" not in head):
        return "lambda"
    place = head.index("(")
    start = place - 1
    if "operator" in head[:place]:
        start = head.index("operator")
        place = max(place, start + 3 if head[start + 1:start + 3] == ["(", ")"] else 0)
    while start >= 2 and head[start - 1] == "::":
        start -= 2
    return "".join(head[start:place])


def kind_of_brace(head):
    """What `{` after these words of a head begins: "scope", "function", "value" or, initialised, "member"."""
    head = without_template(head)
    words = [word for word in head if word not in BEFORE_TYPE]
    if not words or words[0] in TYPE_WORDS | {"namespace"} or words == ["extern", '"']:
        return "scope"
    if "(" not in words and words[-1] != "]":
        return "value"
    last = words[-1]
    if last in (")", "]", "}") or last in AFTER_PARAMETERS:
        return "function"
    before_colon = words.index(":") if ":" in words else None
    if before_colon and words[before_colon - 1] in {")", *AFTER_PARAMETERS}:
        return "member"
    return "function" if "->" in words else "value"


def cpp_functions(source):
    """Walks over all that is outside functions: heads, and the braces that they lead to."""
    tokens, found, head, place = cpp_tokens(source), [], [], 0
    while place < len(tokens):
        word, line = tokens[place]
        if not head:
            first_line = line
        if word in ("(", "["):  # with all in it: default arguments, lambdas
            end = matching(tokens, place, word, ")" if word == "(" else "]")
            head += [word, ")" if word == "(" else "]"]
            if end - place > 1:
                head.insert(-1, "...")
            place = end
        elif word == "{":
            kind = kind_of_brace(head)
            end = matching(tokens, place, "{", "}")
            if kind == "function":
                found.append((name_in(head), first_line, tokens[end][1] - first_line + 1))
            head = head + ["{", "}"] if kind in ("member", "value") else []
            place = place if kind == "scope" else end
        elif word in (";", "}") or (word == ":" and head[-1:] in (["public"], ["private"], ["protected"])):
            head = []
        else:
            head.append(word)
        place += 1
    return found


def python_functions(source):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


JS_HEAD = re.compile(r"(?P<indent> *)(?:async )?(?:(?:function )?(?P<name>\w+)\(.*\)|.*=>) \{$")
SHELL_HEAD = re.compile(r"(?P<indent> *)(?P<name>\w+)\(\) \{$")
CMAKE_HEAD = re.compile(r"(?P<indent> *)(?:function|macro)\((?P<name>\w+)")


def indented_functions(source, head, closing):
    """Functions from a line that `head` matches to the next one as far indented that starts with `closing`."""
    found, lines = [], source.splitlines()
    for first, line in enumerate(lines):
        match = head.match(line)
        if not match or match["name"] in ("if", "for", "while", "switch", "catch"):
            continue
        end = match["indent"] + closing
        last = next((n for n in range(first + 1, len(lines)) if lines[n].startswith(end)), first)
        found.append((match["name"] or "=>", first + 1, last - first + 1))
    return found


def functions(path):
    """(name, first line, lines) of each function in the file at `path`; none in files of other kinds."""
    source = path.read_text(encoding="utf-8")
    if path.suffix in (".cpp", ".hpp", ".h"):
        return cpp_functions(source)
    if path.suffix == ".py":
        return python_functions(source)
    if path.suffix == ".js":
        return indented_functions(source, JS_HEAD, "}")
    if path.name == "CMakeLists.txt" or path.suffix == ".cmake":
        return indented_functions(source, CMAKE_HEAD, "end")
    if path.suffix == ".sh" or source.startswith("#!/usr/bin/env bash"):
        return indented_functions(source, SHELL_HEAD, "}")
    return []


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        for function, start, length in functions(pathlib.Path(argument)):
            print(f"{argument}:{start}: {length}, {function}")
