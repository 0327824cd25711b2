"""Makes a C file that defines every function which vqi.h declares, so that tools can describe the ABI that it promises.

    c_api_stub.py HEADER            writes the C file to standard output
    c_api_stub.py --names HEADER    writes the names of the functions of libvqi, one a line
    c_api_stub.py --names-of-image-io HEADER   those of libvqi_image_io
"""
import re
import sys

IMAGE_FILES = "/* ---- Image files, in libvqi_image_io ---- */"


def declarations(text):
    """Each declaration of a function, on one line and without its semicolon."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    return [" ".join(found.split()) for found in re.findall(r"^VQI_C_API ([^;]*);", text, flags=re.MULTILINE)]


def name_of(declaration):
    return re.search(r"(\w+)\(", declaration)[1]


def main():
    *mode, header = sys.argv[1:]
    with open(header, encoding="utf-8") as file:
        core, image_files = file.read().split(IMAGE_FILES)
    if mode:
        text = core if mode == ["--names"] else image_files
        print("\n".join(name_of(each) for each in declarations(text)))
        return 0
    print('#include <stdlib.h>\n#include "vqi.h"')
    for each in declarations(core) + declarations(image_files):
        # abort() in all of them, and no return: the file is only described, never run.
        print(f"{each} {{ abort(); }}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
