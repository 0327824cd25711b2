"""A Python that has some packages: this one, or one that pip makes."""
import os
import pathlib
import subprocess
import sys


def has_modules(python, imports):
    """Whether there is such a Python, which can import these. Only a program shows it: a folder of that name could be
    imported as well."""
    try:
        return subprocess.run([python, "-c", f"import {imports}"], capture_output=True).returncode == 0
    except OSError:
        return False


def python_with(folder, imports, packages):
    """A Python that can import `imports`: this one, that in `folder`, or that which pip makes there of `packages` and
    which is kept for the next time. None if pip cannot."""
    python = pathlib.Path(folder).resolve() / "bin/python"
    for found in (sys.executable, python):
        if has_modules(found, imports):
            return found
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1")
    environment.pop("PYTHONPATH", None)
    for command in ([sys.executable, "-m", "venv", "--clear", python.parent.parent],
                    [python, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--retries", "1",
                     "--timeout", "20", *packages]):
        if subprocess.run(command, env=environment, timeout=300).returncode != 0:
            return None
    return python if has_modules(python, imports) else None
