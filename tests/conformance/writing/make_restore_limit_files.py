"""Wrote the files that drive the decode filter to its limits, and one of several strips, once; kept to show what they
hold.

As with make_files.py, the files are NEVER written again. In the pixel in the middle of each of the six small pictures
the network's result passes 1023 or -1023, at which it is cut. Photographs do not come near: the colours were found by
following the gradient of the network in floating point.

  make_restore_limit_files.py VQI   writes them, with the tool VQI for info.jsonl
"""
import base64
import hashlib
import math
import pathlib
import struct
import sys

from make_cicp_files import add_line, write_once
from make_files import Stream, crc32c, pack_fixed
import make_cicp_files

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import second_decoder  # noqa: E402

SIDE = 9
# name: deviation, scale, and the samples of 9x9 RGB pixels
LIMITS = {
    "most_red": (1028, 150, """
KEc4B0gjGR02QkgbADNCMj0MBQNIASksLCsmBgAABS0XHSgqGUAcLTcXIjwJSBglBQUKAEhIAComNwIXHhUyFwxFEiwlMyQUPQ4iCkUqAD5I
ABojLAUXPQogPRgRQSUQLikVEzUpPyEgRRwQJAU6GC4jJhRHLygkACcLODM5KDtIREhIDEAAIyAIKAoAAEQMLAgqSAo1QgNBJxQ+QCMTSDkA
RTEAIkhIGC0CKBIyIQAYERAqSB4VOgAqPwBIPAgABhwbEBI6FUhCADwZAC5BOyUAOgITAEdIAABIHCFIG0U6RwAiKwYsSAIWACUJJwkcIUhI"""),
    "least_red": (1028, 150, """
AEgASBhGSBREJjtBLkQvGAIsAAA2ABkdACU/SAxIPSU0QiQCGR0xBSsxLBsaSBYDHAgjLkgfCkIiCRwbGQgAOgIxIkgNCjwuKkYAFCccKCNI
Py4OBxwhLBsXPjc2LjJHGUM4KjslFS4XEQA9AEgAAAcKP0gkBUMrSAspGhIuNhwBDCQiAEQxKEgKMTAOPRMAAkMNAAYrHAkABQFIKABFCwAS
SEhILCBIOxsgPhonSDtDSDk5BxguCzIHAEhISEgRKyQ/OQE8MCkZIxpBADIwBis1JgA/SCpICSA7Oz05RwBGIydHMwkJAD4AAUgNAEgAG0gW"""),
    "most_green": (1028, 150, """
SAAsBSkVIwAABQMACgAAJEYASEhIPEgAAEgTSAMnACMAFA8EACcLIgotQQA/LT8NLiEqQBdAPx5HRwA1HEELATJDEzITMhkXNjEELjQbBwlI
FApIPCInDUhIIyA1PTcTAEgWGx9INSEISABIBhVHPzAfFhQYRSodLgsHD0cWDhcjGT0sPAAAMTxIQy0GGCUOSCcmEUgVFj4RKQE1NikmKRsA
GjItPAoXOQAjGilIAzwnBiU8KwAAACVEHwFIACUuASwgSCEDQiRBNkgkQkgYPysmSBY4KSBFAEImIgBIPTEPQTVIMT0ASCgsSBc0OgkASAAA"""),
    "least_green": (1028, 150, """
Ih5FRwBEBTk3AEEKCBkCJQEJEQA8AENEFwE+MwFIAEFIEQM+AAAqJwYALBAAFR05AEdDRgAAFi5FAAQGAxgBBSEdCCAbEyQnHSMDIyxIIB07
RSs5KQAMHRcYJCEIByk0KyUoNT8aSCgiSCAtAD41OhorHUIdFgQBBEhEOB0vSBE0JykAB0hINUhAQjdFEkVFPTI4LAUiBxsgSEglJS8MDkgw
SEE9SDpIN0gwSC0AADcAPwVINTcAMDkgACJIDkQCMisIMgA3ETQYLAAZNB4sDSIZSDlIR0gASEhIAEgAABtFFwBIHgBILQBIAD0GAA8UCRxI"""),
    "most_blue": (1028, 150, """
B0gARwUdCwYdLQkEMQAhKQAnPgBIG0hICkg3GEgaDxsIACwDHhAUDDcySBVBFDhAPBIBAgBCFEIJNSc5JyBAMzQrFjQWEBcWHC5IHz8AAAAX
RUgXQy4MLBRFEDYyCEg0FClFLjswCSA6AgAGAAIDSBorGz4yJyFEGg8AEyBEDiAAKxc0AUgyChEbMyAqOxNIIyA1MhBGExwcDQ8vMg0+L0gB
BBkrPBhINAQAMQBGIApIAkgAGwBIRDkRRkgBDkc3MgVIESIASEhIPyYUEEg+MQw1SCJISAACGUhIHRU2HUgGAEgFJCMwSBozSBYTSABIAABI"""),
    "least_blue": (1028, 150, """
AEgCQjFIRzYXQgUFOUgARzgVGTwmAC4uLQAxSEgAASQREBsAKAASNAULKB0SEAtIBjIxRkgCAD4AACsBFwsDGxEqIRA/IBtFFEQjSDA+IEU1
RisrRQAsECgaEBYFACAAPggCOgAYRAAQAABCKy5INEMUHzkZNhgdRCtIFSAjGi8uGCYaBDQAPCwkPhQnKCgwJEcUMgsKNBsMKi8MIEIBRTwO
Li5ISDkjHEgeGw8iGEgVEzklCjAzNQ0hSEhIMTU9AAFICQ4XLEgcFBEABxEMHhEARRsAREgDRxA6CAI8SCwGRABIKRskDw5IGBoCEABDJw0/"""),
}


def with_filter(made, strength, deviation, scale):
    made.fields.update(minor=3, reserved29=bytes((0, 0, strength)), reserved36=scale << 16 | deviation)
    return made


def with_codewords(made, codewords):
    made.codewords = codewords
    made.codebook = b"".join(struct.pack("<3B", *word) for word in codewords)


def limit(strength, lighter, deviation, scale, samples):
    """A picture at a strength that leaves samples inside 0 .. 255; all made lighter, which changes no result."""
    samples = [sample + lighter for sample in base64.b64decode(samples)]
    pixels = [tuple(samples[i:i + 3]) for i in range(0, len(samples), 3)]
    codewords = sorted(set(pixels))
    made = Stream(SIDE, SIDE, 3, 8, len(codewords), mse=12.5)
    with_codewords(made, codewords)
    made.indices = [codewords.index(pixel) for pixel in pixels]
    made.strips = [pack_fixed(made.indices, made.k)]
    return with_filter(made, strength, deviation, scale)


def strips():
    """Two strips, of 128 and 133 rows; the picture is a wave that goes on beyond their edges."""
    width, height, rows, k = 512, 128 + 133, 128, 4
    made = Stream(width, height, 3, 8, k, strip_rows=rows, mse=12.5)
    with_codewords(made, [(40, 60, 90), (90, 100, 120), (150, 140, 130), (210, 190, 150)])
    made.indices = [int(2 + 1.99 * math.sin(2 * math.pi * x / 32) * math.cos(2 * math.pi * y / 24))
                    for y in range(height) for x in range(width)]
    made.strips = [pack_fixed(made.indices[begin:end], k)
                   for begin, end in ((0, rows * width), (rows * width, height * width))]
    return with_filter(made, 8, 5000, 280)


def main():
    files = {f"restore_{name}.vqi": limit(*((15, 0) if name.startswith("most") else (8, 180)), *shape)
             for name, shape in LIMITS.items()}
    for name, made in {**files, "restore_strips.vqi": strips()}.items():
        data = made.bytes()
        write_once(name, data)
        samples = b"".join(second_decoder.decode(data)[1])
        add_line("manifest.txt", f"{name} {made.width} {made.height} 3 8 {crc32c(samples):08x} "
                                 f"{hashlib.sha256(samples).hexdigest()}")
        make_cicp_files.add_info(sys.argv[1], name)


if __name__ == "__main__":
    main()
