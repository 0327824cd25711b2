"""The examples in the package's docstrings, in its README and in the guide, executed."""
import doctest
import importlib
import os
import pkgutil
import unittest

import vqi
from python_case import SOURCE, main


def load_tests(loader, tests, pattern):
    os.chdir(SOURCE)  # examples name files of the repository
    flags = doctest.NORMALIZE_WHITESPACE
    for found in pkgutil.walk_packages(vqi.__path__, "vqi."):
        if found.name == "vqi._core":
            continue
        try:
            module = importlib.import_module(found.name)
        except ImportError as error:
            print(f"{found.name} is left out: {error}")
            continue
        tests.addTests(doctest.DocTestSuite(module, optionflags=flags))
    tests.addTests(doctest.DocTestSuite(vqi, optionflags=flags))
    for document in ("tools/python/README.md", "samples/GUIDE.md", "codec/STREAMING.md"):
        tests.addTests(doctest.DocFileSuite(str(SOURCE / document), module_relative=False, optionflags=flags))
    return tests


class Documentation(unittest.TestCase):
    def test_every_public_call_has_an_example(self):
        for name in vqi.__all__:
            value = getattr(vqi, name)
            if callable(value) and name not in ("Quantized", "Report", "write_image"):
                self.assertIn(">>>", value.__doc__ or "", name)


if __name__ == "__main__":
    main()
