// The programs that make palette images: vqi quantize and its peers, with their command lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "interleaved_runs.hpp"
#include "vqi/image.hpp"

namespace vqi::bench {

/// A program with options that makes a palette image of a PNG.
struct PaletteMaker {
  std::string name;
  /// In these, `{in}`, `{out}`, `{width}`, `{height}`, `{k}`, `{effort}` and `{threads}` are replaced.
  std::vector<std::string> arguments;
  bool takes_alpha = true;             ///< else images with alpha are left out
  std::string extension = ".png";      ///< of the file that it writes
  std::string reference = "pngquant";  ///< the maker whose sizes its own are compared with
  bool is_vqi = false;                 ///< writes PNGs that are packed already
  std::vector<std::string> probe{};    ///< a command that fails where something is missing; empty: the program is all
  std::uint32_t k_min = 2;
  std::string effort{};  ///< what stands for `{effort}`
};

/// The names of all makers, without efforts.
[[nodiscard]] std::vector<std::string> palette_maker_names();

/// The makers among `names`, or all if it is empty, as far as they are installed; those of vqi once for each effort,
/// which then stands in their names. Prints on stderr which are not installed.
[[nodiscard]] std::vector<PaletteMaker> installed_palette_makers(const std::vector<std::string>& names,
                                                                 const std::vector<std::uint32_t>& efforts);

/// A palette image as a maker and zopflipng left it.
struct MadePalette {
  std::filesystem::path file;
  Image image{};  ///< what is read from it
  Elapsed making;
  Elapsed packing;  ///< of zopflipng; 0 where it does not run
};

/// What one maker does with one image.
struct PaletteJob {
  std::filesystem::path input;  ///< a PNG
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t k = 256;
  std::uint32_t threads = 1;  ///< of vqi and ffmpeg; others take theirs from the environment
};

/// Runs a maker, and zopflipng with 5 iterations after it unless it is vqi; a file that is no PNG becomes one first.
/// All files are left in `folder`. Returns none, and prints a line on stderr, if a program failed or its
/// picture has another size. Without zopflipng files stay as they are.
[[nodiscard]] std::optional<MadePalette> make_palette(const PaletteMaker& maker, const PaletteJob& job,
                                                      const std::filesystem::path& folder);

/// Sets the environment variables by which programs choose their number of threads.
void limit_threads(std::uint32_t threads);

}  // namespace vqi::bench
