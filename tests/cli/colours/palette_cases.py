"""vqi palette: every form to and from, orders, other programs' readers, and what is refused."""
import json
import shutil
import subprocess
import unittest

from cli_case import CliCase, gradient_png, png

FOUR = b"#000000\n#ffffff\n#ff0000\n#0a14c8\n"


class Palette(CliCase):
    def setUp(self):
        super().setUp()
        self.write("four.hex", FOUR)

    def colours(self, name, *options):
        return self.succeed("palette", name, *options).decode().split()

    def test_every_form_that_is_read_gives_the_same_colours_back(self):
        for name in ("a.hex", "a.txt", "a.gpl", "a.pal", "a.act", "a.json", "a.png", "a.vqb"):
            self.succeed("palette", "four.hex", "-o", name)
            self.assertEqual(self.succeed("palette", name), FOUR, name)
        self.succeed("palette", "four.hex", "--to", "pixels", "-o", "pixels.png")
        self.assertEqual(self.succeed("palette", "pixels.png"), FOUR)

    def test_forms_for_programs_have_what_they_should(self):
        self.assertEqual(self.succeed("palette", "four.hex", "--to", "rgb565", "-o", "-"),
                         bytes.fromhex("0000 ffff 00f8 b808".replace(" ", "")))
        self.assertEqual(self.succeed("palette", "four.hex", "--to", "rgb888", "-o", "-"),
                         bytes.fromhex("000000ffffffff00000a14c8"))
        self.assertIn(b"--colour-3: #0a14c8;", self.succeed("palette", "four.hex", "--to", "css"))
        self.succeed("palette", "four.hex", "-o", "p.c")
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler:
            source = b'#include "p.c"\n#include <stdio.h>\nint main(void) { printf("%d", palette[3][2]); return 0; }\n'
            self.write("main.c", source)
            subprocess.run([compiler, "-Wall", "-Werror", "-o", "main", "main.c"], cwd=self.folder, check=True)
            shown = subprocess.run([self.folder / "main"], stdout=subprocess.PIPE, check=True).stdout
            self.assertEqual(shown, b"200")

    def test_the_colours_of_a_stream_come_by_use_luma_and_hue(self):
        self.write("a.png", png(20, 10, lambda x, y: [(255, 0, 0), (0, 0, 255), (0, 255, 0)][x * y % 7 % 3]))
        self.succeed("compress", "-q", "a.png")
        self.assertEqual(self.colours("a.vqi", "--sort", "hue"), ["#ff0000", "#00ff00", "#0000ff"])
        self.assertEqual(self.colours("a.vqi", "--sort", "luma"), ["#0000ff", "#ff0000", "#00ff00"])
        by_use = self.colours("a.vqi", "--sort", "use")
        self.assertEqual(by_use[0], "#ff0000")
        result = json.loads(self.succeed("palette", "--json", "a.vqi", "--sort", "use"))
        self.assertEqual(result["colours"], by_use)
        self.assertEqual(sorted(result["counts"], reverse=True), result["counts"])
        self.assertEqual(sum(result["counts"]), 200)
        self.assertEqual((result["command"], result["k"]), ("palette", 3))
        self.assertEqual(self.colours("a.png", "--sort", "use"), by_use)

    def test_json_of_the_command_is_a_palette_itself(self):
        self.write("p.json", self.succeed("palette", "--json", "four.hex"))
        self.assertEqual(self.succeed("palette", "p.json"), FOUR)

    def test_the_picture_of_swatches_is_a_whole_png(self):
        self.write("many.hex", b"".join(b"%06x\n" % (k * 4099) for k in range(700)))
        for name in ("four.hex", "many.hex"):
            self.succeed("palette", name, "-o", "s.png", "-f")
            self.assertEqual(self.succeed("palette", "s.png").count(b"\n"), self.read(name).count(b"\n"))
            if shutil.which("pngcheck"):
                check = subprocess.run(["pngcheck", "-v", "s.png"], cwd=self.folder, stdout=subprocess.PIPE,
                                       check=False)
                self.assertEqual(check.returncode, 0, check.stdout)
                self.assertIn(b"sPLT", check.stdout)

    @unittest.skipUnless(shutil.which("gimp-console-2.10"), "GIMP is not installed")
    def test_gimp_reads_a_gpl_file_and_writes_one_that_is_read(self):
        self.succeed("palette", "four.hex", "-o", "four.gpl")
        script = ('(let* ((name (car (gimp-palettes-get-list "four"))))'
                  ' (gimp-message (number->string (car (gimp-palette-get-info "four"))))'
                  ' (gimp-palette-duplicate "four"))')
        folder = self.folder / "gimp"
        (folder / "palettes").mkdir(parents=True)
        (folder / "palettes" / "four.gpl").write_bytes(self.read("four.gpl").replace(b"Name: vqi", b"Name: four"))
        result = subprocess.run(["gimp-console-2.10", "-i", "-f", "-b", script, "-b", "(gimp-quit 0)"],
                                env={"GIMP2_DIRECTORY": str(folder), "HOME": str(self.folder), "PATH": "/usr/bin:/bin"},
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False)
        self.assertIn(b"4", result.stdout)
        written = [path for path in (folder / "palettes").iterdir() if path.name != "four.gpl"]
        self.assertEqual(len(written), 1, result.stdout)
        self.write("back.gpl", written[0].read_bytes())
        self.assertEqual(self.succeed("palette", "back.gpl"), FOUR)

    def test_pillow_reads_a_gpl_file(self):
        self.succeed("palette", "four.hex", "-o", "four.gpl")
        code = ("from PIL import GimpPaletteFile as g\n"
                "print(bytes(g.GimpPaletteFile(open('four.gpl', 'rb')).getpalette()[0]).hex())")
        shown = subprocess.run(["/usr/bin/python3", "-c", code], cwd=self.folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, check=False)
        if b"ModuleNotFoundError" in shown.stderr:
            self.skipTest("Pillow is not installed")
        self.assertIn(b"000000ffffffff00000a14c8", shown.stdout, shown.stderr)

    def test_losses_are_warned_of(self):
        self.write("clear.hex", b"#11223344\n")
        result = self.vqi("palette", "clear.hex", "-o", "c.gpl")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"alpha", result.stderr)

    def test_what_is_wrong_is_refused(self):
        self.fail_with(2, "palette", says=("no input",))
        self.fail_with(2, "palette", "four.hex", "four.hex", says=("one input",))
        self.fail_with(2, "palette", "four.hex", "-o", "x.gif", says=("x.gif", ".gpl"))
        self.fail_with(2, "palette", "four.hex", "--to", "gif", says=("gif", "rgb565"))
        self.fail_with(2, "palette", "four.hex", "--sort", "size", says=("size", "luma"))
        self.fail_with(2, "palette", "four.hex", "--sort", "use", says=("four.hex", "how much"))
        self.fail_with(2, "palette", "four.hex", "-f", "-o", "four.hex", says=("four.hex",))
        self.write("there.gpl", b"keep")
        self.fail_with(2, "palette", "four.hex", "-o", "there.gpl", says=("there.gpl", "--force"))
        self.write("a.png", gradient_png())
        self.fail_with(2, "palette", "a.png", says=("a.png", "more than 256"))
        self.compressed("blocks.vqi", None, "--block", "2x2", "-k", "4")
        self.fail_with(2, "palette", "blocks.vqi", says=("blocks",))
        self.write("bad.hex", b"#fff\n#12345\n")
        self.fail_with(3, "palette", "bad.hex", says=("bad.hex", "line 2", "byte 5"))
        self.write("bad.gpl", b"GIMP Palette\n#\n1 2 300\n")
        self.fail_with(3, "palette", "bad.gpl", "-o", "x.hex", says=("bad.gpl", "line 3"))
        self.fail_with(5, "palette", "none.hex", says=("none.hex",))


if __name__ == "__main__":
    unittest.main()
