// Command lines of programs that make palette images, and running them.
#include "palette_makers.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "child_process.hpp"
#include "vqi/image_io.hpp"

namespace vqi::bench {
namespace fs = std::filesystem;

namespace {

using Arguments = std::vector<std::string>;

/// The tool of the same build, which lies beside this program, or else the one on PATH.
std::string vqi_program() {
  std::error_code ignored;
  const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path() / "vqi";
  return is_installed(beside.string()) ? beside.string() : "vqi";
}

PaletteMaker vqi_maker(const std::string& name, const Arguments& options, const std::string& reference) {
  Arguments arguments{vqi_program(), "quantize", "-q",        "-f",        "-k", "{k}",
                      "--effort",    "{effort}", "--threads", "{threads}", "-o", "{out}"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.emplace_back("{in}");
  return {.name = name, .arguments = arguments, .reference = reference, .is_vqi = true};
}

PaletteMaker pillow_maker(const std::string& name, const std::string& quantize, bool alpha,
                          const std::string& reference) {
  const std::string script =
      "import sys\nfrom PIL import Image\nimage = Image.open(sys.argv[1])\nk = int(sys.argv[3])\n" + quantize +
      ".save(sys.argv[2])";
  return {.name = name,
          .arguments = {"python3", "-c", script, "{in}", "{out}", "{k}"},
          .takes_alpha = alpha,
          .reference = reference,
          .probe = {"python3", "-c", "import PIL.Image"}};
}

PaletteMaker ffmpeg_maker(const std::string& name, const std::string& dither, const std::string& reference) {
  const std::string filters =
      "split[a][b];[a]palettegen=max_colors={k}:reserve_transparent=0:use_alpha=1[p];[b][p]paletteuse=use_alpha=1:"
      "dither=";
  // palettegen refuses fewer than 4 colours.
  return {.name = name,
          .arguments = {"ffmpeg", "-v", "error", "-y", "-threads", "{threads}", "-i", "{in}", "-filter_complex",
                        filters + dither, "-frames:v", "1", "-update", "1", "{out}"},
          .reference = reference,
          .k_min = 4};
}

const std::vector<PaletteMaker>& known_makers() {
  static const std::string dithered = "pngquant-dither";
  const Arguments pngquant{"pngquant", "--speed", "1", "--force", "--output", "{out}", "--nofs", "{k}", "--", "{in}"};
  Arguments pngquant_dither = pngquant;
  std::erase(pngquant_dither, "--nofs");
  const Arguments magick{"convert", "{in}", "-dither", "None", "-colors", "{k}", "{out}"};
  const Arguments magick_dither{"convert", "{in}", "-dither", "FloydSteinberg", "-colors", "{k}", "{out}"};
  // It refuses a single picture, shrinks large ones unless told their size, and has no option for fewer colours.
  const Arguments gifski{"gifski",   "--quiet",  "--quality", "100",   "--width", "{width}",
                         "--height", "{height}", "-o",        "{out}", "{in}",    "{in}"};
  static const std::vector<PaletteMaker> makers{
      vqi_maker("vqi", {"--method", "kmeans", "--dither", "none"}, "pngquant"),
      vqi_maker("vqi-ecvq", {"--method", "ecvq"}, "pngquant"),
      vqi_maker("vqi-ecvq-auto", {"--method", "ecvq", "--dither", "auto"}, dithered),
      vqi_maker("vqi-auto", {"--dither", "auto"}, dithered),
      vqi_maker("vqi-diffusion", {"--dither", "diffusion"}, dithered),
      vqi_maker("vqi-blue", {"--dither", "blue"}, dithered),
      {.name = "pngquant", .arguments = pngquant},
      {.name = dithered, .arguments = pngquant_dither, .reference = dithered},
      {.name = "magick", .arguments = magick},
      {.name = "magick-dither", .arguments = magick_dither, .reference = dithered},
      pillow_maker("pillow-mediancut", "image.quantize(k, Image.Quantize.MEDIANCUT)", false, "pngquant"),
      pillow_maker("pillow-maxcoverage", "image.quantize(k, Image.Quantize.MAXCOVERAGE)", false, "pngquant"),
      pillow_maker("pillow-octree", "image.quantize(k, Image.Quantize.FASTOCTREE)", true, "pngquant"),
      pillow_maker("pillow-dither",
                   "image.quantize(palette=image.quantize(k, Image.Quantize.MEDIANCUT), "
                   "dither=Image.Dither.FLOYDSTEINBERG)",
                   false, dithered),
      ffmpeg_maker("ffmpeg", "none", "pngquant"),
      ffmpeg_maker("ffmpeg-dither", "sierra2_4a", dithered),
      {.name = "gifski", .arguments = gifski, .extension = ".gif", .reference = dithered, .k_min = 256},
  };
  return makers;
}

/// `text` with every `from` replaced.
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

bool is_complete(const PaletteMaker& maker) {
  return is_installed(maker.arguments.front()) && (maker.probe.empty() || run_program(maker.probe));
}

Arguments arguments_of(const PaletteMaker& maker, const PaletteJob& job, const fs::path& output) {
  Arguments arguments = maker.arguments;
  for (std::string& argument : arguments)
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"{in}", job.input.string()},
                                   {"{out}", output.string()},
                                   {"{width}", std::to_string(job.width_px)},
                                   {"{height}", std::to_string(job.height_px)},
                                   {"{k}", std::to_string(job.k)},
                                   {"{effort}", maker.effort},
                                   {"{threads}", std::to_string(job.threads)}})
      argument = replaced(argument, from, to);
  return arguments;
}

std::optional<MadePalette> failed(const std::string& name, const PaletteJob& job) {
  std::cerr << "vqi_bench: " << name << " failed on " << job.input.string() << " at K = " << job.k << '\n';
  return std::nullopt;
}

}  // namespace

std::vector<std::string> palette_maker_names() {
  std::vector<std::string> names;
  for (const PaletteMaker& maker : known_makers()) names.push_back(maker.name);
  return names;
}

std::vector<PaletteMaker> installed_palette_makers(const std::vector<std::string>& names,
                                                   const std::vector<std::uint32_t>& efforts) {
  std::vector<PaletteMaker> makers;
  for (const PaletteMaker& known : known_makers()) {
    if (!names.empty() && std::find(names.begin(), names.end(), known.name) == names.end()) continue;
    if (!is_complete(known)) {
      std::cerr << "vqi_bench: " << known.name << " is not installed, left out\n";
      continue;
    }
    if (!known.is_vqi) makers.push_back(known);
    for (const std::uint32_t effort : efforts) {
      if (!known.is_vqi) break;
      makers.push_back(known);
      makers.back().effort = std::to_string(effort);
      makers.back().name += " " + makers.back().effort;
    }
  }
  if (!is_installed("zopflipng")) std::cerr << "vqi_bench: zopflipng is not installed, peers' files stay as they are\n";
  return makers;
}

std::optional<MadePalette> make_palette(const PaletteMaker& maker, const PaletteJob& job, const fs::path& folder) {
  MadePalette made{folder / ("made" + maker.extension), {}, {}, {}};
  fs::remove(made.file);  // else a program that writes nothing would seem to write this
  const std::optional<Elapsed> making = run_program(arguments_of(maker, job, made.file));
  if (!making || !fs::exists(made.file)) return failed(maker.name, job);
  made.making = *making;
  made.image = read_image(made.file).image;
  if (made.image.width_px() != job.width_px || made.image.height_px() != job.height_px) return failed(maker.name, job);
  if (maker.is_vqi) return made;
  if (maker.extension != ".png") {
    made.file = folder / "made.png";
    write_image(made.image, made.file);
  }
  if (!is_installed("zopflipng")) return made;
  const std::optional<Elapsed> packing =
      run_program({"zopflipng", "-y", "--iterations=5", made.file.string(), (folder / "packed.png").string()});
  if (!packing) return failed("zopflipng after " + maker.name, job);
  made.packing = *packing;
  made.file = folder / "packed.png";
  return made;
}

void limit_threads(std::uint32_t threads) {
  for (const char* name : {"OMP_NUM_THREADS", "RAYON_NUM_THREADS", "MAGICK_THREAD_LIMIT"})
    setenv(name, std::to_string(threads).c_str(), 1);
}

}  // namespace vqi::bench
