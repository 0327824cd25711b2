// The benchmarks: the settings of each, and the function that runs it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "vqi/options.hpp"

namespace vqi::bench {

struct TrainSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{4, 16, 64, 256};
  std::vector<std::uint32_t> efforts{5};
  std::vector<int> imagequant_speeds{1, 10};
  unsigned repeats = 5;
  std::uint32_t threads = 1;  ///< for the peers as well
  bool slow = false;          ///< include cv::kmeans
  std::filesystem::path csv;
};

/// Measures time and distortion of codebook and index map against the peers. Ratios are relative to vqi at the first
/// effort.
void run_train(const TrainSettings& settings);

struct StagesSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{16, 100, 256};
  std::vector<std::uint32_t> threads{1, 2};
  std::uint32_t effort = 5;
  unsigned repeats = 7;
  std::filesystem::path csv;
};

/// Times every stage of encode and decode against a memcpy of the image on one thread into equally fresh memory, and
/// shows the gain of more threads.
void run_stages(const StagesSettings& settings);

struct DistortionSettings {
  std::filesystem::path data;
  std::vector<std::uint32_t> k{4, 16, 64, 256};
  std::vector<std::uint32_t> efforts{5};
  std::vector<int> imagequant_speeds;
  unsigned runs = 10;  ///< runs of converged k-means++, the best of which counts; 0: none
  std::uint32_t threads = 1;
  bool per_image = false;  ///< print a row for every image before the means
  std::filesystem::path csv;
};

/// Measures the mean distortion over the photographs of a data folder against the best of several converged k-means++
/// runs.
void run_distortion(const DistortionSettings& settings);

struct SweepSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{2, 4, 8, 16, 32, 64, 128, 256};
  std::vector<std::uint32_t> threads{1, 2};
  std::uint32_t effort = 5;
  std::uint32_t block_side_px = 1;
  Coding coding = Coding::automatic;
  unsigned repeats = 7;
  std::filesystem::path csv;
};

/// Times a sweep, whose rows share work and run at once, against encoding its rows one by one.
void run_sweep(const SweepSettings& settings);

struct MethodSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{16, 64, 256, 1024};
  std::uint32_t threads = 1;
  std::uint32_t effort = 5;
  std::uint32_t block_side_px = 1;
  std::filesystem::path csv;
};

/// Compares ECVQ with nearest codewords: bytes at equal PSNR, and time.
void run_methods(const MethodSettings& settings);

struct RestoreBenchSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{16, 64, 256, 1024};
  Method method = Method::ecvq;
  std::uint32_t threads = 1;
  std::uint32_t effort = 5;
  std::filesystem::path csv;
};

/// Compares the decode filter with a convolution and with total variation, and files for it with those without.
void run_restore(const RestoreBenchSettings& settings);

struct RatesSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{32, 128, 512, 2048};
  std::vector<double> lambda_factors{1, 3};  ///< of the default lambda at each K
  std::vector<std::string> peers;            ///< empty: all that are installed
  bool restore = true;
  std::uint32_t threads = 1;
  std::uint32_t effort = 5;
  std::filesystem::path csv;
};

/// Compares bytes at equal PSNR with lossy files of other programs, by bands of bits per pixel.
void run_rates(const RatesSettings& settings);

struct TargetSettings {
  std::vector<std::filesystem::path> images;
  std::vector<double> psnr_db{28, 32, 36, 40, 44};
  std::vector<double> bpp{3, 5, 7.5};
  std::uint32_t threads = 1;
  std::uint32_t effort = 5;
  std::uint32_t block_side_px = 1;
  Coding coding = Coding::automatic;
  unsigned repeats = 5;
  std::filesystem::path csv;
};

/// Times the search for the K of a target against one encode at that K.
void run_target(const TargetSettings& settings);

struct SizesSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{4, 12, 16, 64, 100, 256, 1000};
  std::vector<std::string> peers;  ///< empty: all that are installed
  std::filesystem::path csv;
};

/// Compares the sizes of whole files by each context model with files of other programs for the same index map.
void run_sizes(const SizesSettings& settings);

struct CodingSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{4, 12, 16, 64, 100, 256, 1000};
  unsigned repeats = 5;
  std::filesystem::path csv;
};

/// Times the coding and decoding of indices on one thread, packed and by each context model.
void run_coding(const CodingSettings& settings);

struct PalettesSettings {
  std::vector<std::filesystem::path> images;
  std::vector<std::uint32_t> k{8, 16, 32, 64, 128, 256};
  std::vector<std::uint32_t> efforts{5};  ///< of vqi
  std::vector<std::string> programs;      ///< names of palette makers; empty: all that are installed
  std::uint32_t threads = 1;
  std::filesystem::path csv;
};

/// Compares palette PNGs of vqi quantize with those of other programs: bytes, nearness to the picture, and time.
void run_palettes(const PalettesSettings& settings);

}  // namespace vqi::bench
