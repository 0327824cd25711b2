"""vqi.decode_region: parts of files, of file objects and of what a server on this machine serves, and what was read."""
import http.server
import io
import threading

import numpy as np
import vqi
from python_case import PythonCase, main, picture


class Server(http.server.ThreadingHTTPServer):
    """Serves one file by ranges, and counts requests and bytes; `whole` answers with all of it, as plain servers do."""

    def __init__(self, data):
        super().__init__(("127.0.0.1", 0), Handler)
        self.data, self.whole, self.tag, self.sent = data, False, '"1"', []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/a.vqi"

    def stop(self):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        data, asked = self.server.data, self.headers.get("Range")
        if self.path != "/a.vqi":
            return self.send_error(404)
        changed = self.headers.get("If-Range") not in (None, self.server.tag)
        if asked is None or self.server.whole or changed:
            self.send_response(200)
        else:
            first, last = (int(place) for place in asked.removeprefix("bytes=").split("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{min(last, len(data) - 1)}/{len(data)}")
            data = data[first:last + 1]
        self.send_header("ETag", self.server.tag)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.server.sent.append(len(data))
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class CountingFile(io.BytesIO):
    def __init__(self, data):
        super().__init__(data)
        self.taken = []

    def read(self, size=-1):
        data = super().read(size)
        self.taken.append(len(data))
        return data


class Regions(PythonCase):
    @classmethod
    def setUpClass(cls):
        cls.image = picture(900, 700)
        cls.stream = vqi.encode(cls.image, k=16, effort=1, coding="packed").bytes  # 9 strips of some 33,000 bytes
        cls.whole = vqi.decode(cls.stream)

    def serve(self):
        server = Server(self.stream)
        self.addCleanup(server.stop)
        return server

    def check(self, region, x, y, width, height):
        self.assertTrue(np.array_equal(region.image, self.whole[y:y + height, x:x + width]))
        self.assertEqual((region.report.width, region.report.file_bytes), (700, len(self.stream)))

    def test_a_path_a_file_object_and_bytes_give_that_part_of_the_image(self):
        path = self.folder / "a.vqi"
        path.write_bytes(self.stream)
        for source in (path, str(path), open(path, "rb"), io.BytesIO(self.stream), self.stream, bytearray(self.stream)):
            with self.subTest(type(source).__name__):
                self.check(vqi.decode_region(source, (100, 200, 50, 40)), 100, 200, 50, 40)
                if hasattr(source, "close"):
                    source.close()
        self.assertTrue(np.array_equal(vqi.decode(path, region=(1, 2, 3, 4)), self.whole[2:6, 1:4]))

    def test_little_more_than_the_strips_is_read_and_the_report_says_so(self):
        file = CountingFile(self.stream)
        region = vqi.decode_region(file, (100, 200, 50, 40))
        self.check(region, 100, 200, 50, 40)
        self.assertEqual((sum(file.taken), len(file.taken)), (region.report.bytes_read, region.report.reads))
        self.assertEqual(region.report.reads, 3)
        self.assertLess(region.report.bytes_read, 32768 + 2 * 34000)
        self.assertLess(vqi.decode_region(CountingFile(self.stream), (0, 0, 700, 900)).report.bytes_read,
                        len(self.stream) + 32769)

    def test_a_server_sends_the_ranges_of_a_region_and_nothing_else(self):
        server = self.serve()
        region = vqi.decode_region(server.url, (600, 650, 100, 30))
        self.check(region, 600, 650, 100, 30)
        self.assertEqual((sum(server.sent), len(server.sent)), (region.report.bytes_read, region.report.reads))
        self.assertLess(sum(server.sent), len(self.stream) / 2)
        self.assertEqual(region.report.reads, 3)

    def test_a_file_that_changes_and_a_server_without_ranges_are_refused(self):
        server = self.serve()
        reading = vqi.decode_region(server.url, (0, 0, 9, 9))
        self.check(reading, 0, 0, 9, 9)

        def change(*_):
            server.tag = '"2"'

        with self.assertRaisesRegex(OSError, "changed while it was read"):
            vqi.decode_region(server.url, (600, 650, 100, 30), progress=change)
        server.whole = True
        with self.assertRaisesRegex(OSError, "cannot be read in ranges"):
            vqi.decode_region(server.url, (0, 0, 9, 9))
        with self.assertRaisesRegex(OSError, "404"):
            vqi.decode_region(server.url + "x", (0, 0, 9, 9))

    def test_what_a_file_object_raises_is_passed_on_and_a_short_read_is_an_error(self):
        class Failing(io.BytesIO):
            def read(self, size=-1):
                raise KeyError("of its own")

        class Short(io.BytesIO):
            def read(self, size=-1):
                return super().read(size - 1)

        with self.assertRaisesRegex(KeyError, "of its own"):
            vqi.decode_region(Failing(self.stream), (0, 0, 9, 9))
        with self.assertRaisesRegex(EOFError, "in place of"):
            vqi.decode_region(Short(self.stream), (0, 0, 9, 9))
        with self.assertRaises(FileNotFoundError):
            vqi.decode_region(self.folder / "none.vqi", (0, 0, 9, 9))

    def test_damage_limits_and_rectangles_are_checked_as_by_decode(self):
        damaged = bytearray(self.stream)
        damaged[len(damaged) // 2] ^= 1
        self.check(vqi.decode_region(damaged, (0, 0, 9, 9)), 0, 0, 9, 9)
        for asked, code in (((0, 400, 9, 200), "checksum_mismatch"), ((0, 0, 701, 1), "invalid_option")):
            with self.assertRaises(vqi.Error) as caught:
                vqi.decode_region(damaged, asked)
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(vqi.Error) as caught:
            vqi.decode_region(self.stream, (0, 0, 9, 9), max_pixels=1000)
        self.assertEqual(caught.exception.code, "limit_exceeded")
        with self.assertRaises(ValueError):
            vqi.decode_region(self.stream, (-1, 0, 9, 9))

    def test_a_detached_stream_takes_its_codebook(self):
        book = vqi.train([self.image], k=16, effort=1)
        stream = vqi.encode(self.image, codebook=book, detach=True).bytes
        region = vqi.decode_region(stream, (5, 6, 7, 8), codebook=book)
        self.assertTrue(np.array_equal(region.image, vqi.decode(stream, codebook=book)[6:14, 5:12]))
        with self.assertRaises(vqi.Error) as caught:
            vqi.decode_region(stream, (5, 6, 7, 8))
        self.assertEqual(caught.exception.code, "codebook_needed")


if __name__ == "__main__":
    main()
