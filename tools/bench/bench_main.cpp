// vqi_bench: declares the command line of the benchmarks and runs them.
// codec/BENCHMARKS.md has the tables, each with its command.
//
// Images come from --data FOLDER, else from the folder that VQI_TEST_DATA names (with photo/, kodak/, large/), else
// from samples/images.
#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <string>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "imagequant_peer.hpp"
#include "lossy_peers.hpp"
#include "palette_makers.hpp"
#include "vqi/error.hpp"

namespace vqi::bench {
namespace {

constexpr const char* description =
    "Benchmarks of vqi against its peers. codec/BENCHMARKS.md has the tables, each with its command.";

struct CommandLine {
  std::filesystem::path data = default_data_folder();
  TrainSettings train;
  StagesSettings stages;
  DistortionSettings distortion;
  SweepSettings sweep;
  TargetSettings target;
  MethodSettings methods;
  RestoreBenchSettings restore;
  RatesSettings rates;
  SizesSettings sizes;
  CodingSettings coding;
  PalettesSettings palettes;
};

void add_data(CLI::App& command, std::filesystem::path& data) {
  command.add_option("--data", data, "Folder of images (VQI_TEST_DATA, or samples/images)")
      ->check(CLI::ExistingDirectory);
}

template <typename Settings>
void add_table_options(CLI::App& command, Settings& settings) {
  command.add_option("-k", settings.k, "Codebook sizes")->delimiter(',')->capture_default_str();
  command.add_option("--csv", settings.csv, "Write the table to this file as well");
}

void add_efforts(CLI::App& command, std::vector<std::uint32_t>& efforts) {
  command.add_option("--effort", efforts, "Efforts of vqi")->delimiter(',')->capture_default_str();
}

void add_imagequant_speeds(CLI::App& command, std::vector<int>& speeds) {
  if (!ImagequantPeer::available()) return;
  command.add_option("--imagequant-speeds", speeds, "Speeds of libimagequant, 1 (best) to 10")
      ->delimiter(',')
      ->check(CLI::Range(1, 10))
      ->capture_default_str();
}

void add_repeats(CLI::App& command, unsigned& repeats) {
  command.add_option("--repeat", repeats, "Runs of each contender")->check(CLI::PositiveNumber)->capture_default_str();
}

void add_threads(CLI::App& command, std::uint32_t& threads) {
  command.add_option("--threads", threads, "Threads of vqi and of its peers")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_slow(CLI::App& command, TrainSettings& settings) {
  command.add_flag("--slow", settings.slow, "Include cv::kmeans (images below one megapixel, 3 runs at most)");
}

void train(const CommandLine& line) {
  TrainSettings settings = line.train;
  if (settings.images.empty()) settings.images = speed_files(line.data);
  run_train(settings);
}

void stages(const CommandLine& line) {
  StagesSettings settings = line.stages;
  if (settings.images.empty()) settings.images = speed_files(line.data);
  run_stages(settings);
}

void distortion(const CommandLine& line) {
  DistortionSettings settings = line.distortion;
  settings.data = line.data;
  run_distortion(settings);
}

void sweep(const CommandLine& line) {
  SweepSettings settings = line.sweep;
  if (settings.images.empty()) settings.images = speed_files(line.data);
  run_sweep(settings);
}

void target(const CommandLine& line) {
  TargetSettings settings = line.target;
  if (settings.images.empty()) settings.images = speed_files(line.data);
  run_target(settings);
}

void methods(const CommandLine& line) {
  MethodSettings settings = line.methods;
  if (settings.images.empty()) settings.images = png_files(line.data);
  run_methods(settings);
}

/// Adds the options that sweep and target share.
template <typename Settings>
void add_image_options(CLI::App& command, std::filesystem::path& data, Settings& settings) {
  command.add_option("--images", settings.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(command, data);
  command.add_option("--effort", settings.effort, "Effort of encode")->capture_default_str();
  command.add_option("--block", settings.block_side_px, "Pixels a side of a block")->capture_default_str();
  command.add_option("--coding", settings.coding, "How indices are coded: auto or packed")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Coding>{{"auto", Coding::automatic}, {"packed", Coding::packed}}));
  add_repeats(command, settings.repeats);
}

void add_sweep_commands(CLI::App& app, CommandLine& line) {
  CLI::App& sweep_command = *app.add_subcommand("sweep", "A sweep against its rows one by one");
  add_image_options(sweep_command, line.data, line.sweep);
  add_table_options(sweep_command, line.sweep);
  sweep_command.add_option("--threads", line.sweep.threads, "Numbers of threads")
      ->delimiter(',')
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  CLI::App& target_command = *app.add_subcommand("target", "Finding the K of a target against one encode");
  add_image_options(target_command, line.data, line.target);
  target_command.add_option("--psnr", line.target.psnr_db, "Targets in dB")->delimiter(',')->capture_default_str();
  target_command.add_option("--bpp", line.target.bpp, "Targets in bits per pixel")
      ->delimiter(',')
      ->capture_default_str();
  target_command.add_option("--csv", line.target.csv, "Write the table to this file as well");
  add_threads(target_command, line.target.threads);
  sweep_command.final_callback([&line] { sweep(line); });
  target_command.final_callback([&line] { target(line); });
}

void add_methods_command(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("methods", "Bytes at equal PSNR, ECVQ against nearest codewords");
  command.add_option("--images", line.methods.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(command, line.data);
  add_table_options(command, line.methods);
  command.add_option("--effort", line.methods.effort, "Effort of encode")->capture_default_str();
  command.add_option("--block", line.methods.block_side_px, "Pixels a side of a block")->capture_default_str();
  add_threads(command, line.methods.threads);
  command.final_callback([&line] { methods(line); });
}

void restore(const CommandLine& line) {
  RestoreBenchSettings settings = line.restore;
  if (settings.images.empty()) settings.images = png_files(line.data);
  run_restore(settings);
}

void add_restore_command(CLI::App& app, CommandLine& line) {
  CLI::App& command =
      *app.add_subcommand("restore", "What the decode filter adds, beside filters that were not learned");
  command.add_option("--images", line.restore.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(command, line.data);
  add_table_options(command, line.restore);
  command.add_option("--effort", line.restore.effort, "Effort of encode")->capture_default_str();
  command.add_option("--method", line.restore.method, "How codewords are learned: ecvq or kmeans")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Method>{{"ecvq", Method::ecvq}, {"kmeans", Method::kmeans}}));
  add_threads(command, line.restore.threads);
  command.final_callback([&line] { restore(line); });
}

void rates(const CommandLine& line) {
  RatesSettings settings = line.rates;
  if (settings.images.empty()) settings.images = png_files(line.data);
  run_rates(settings);
}

void add_rates_command(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("rates", "Bytes at equal PSNR beside lossy files of other programs");
  command.add_option("--images", line.rates.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(command, line.data);
  add_table_options(command, line.rates);
  command.add_option("--lambda-factors", line.rates.lambda_factors, "Multiples of the default lambda")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--peers", line.rates.peers, "Programs to compare with; all that are installed if none")
      ->delimiter(',')
      ->check(CLI::IsMember(lossy_peer_names()));
  command.add_flag("!--no-restore", line.rates.restore, "Without the decode filter");
  command.add_option("--effort", line.rates.effort, "Effort of encode")->capture_default_str();
  add_threads(command, line.rates.threads);
  command.final_callback([&line] { rates(line); });
}

void sizes(const CommandLine& line) {
  SizesSettings settings = line.sizes;
  if (settings.images.empty()) settings.images = png_files(line.data);
  run_sizes(settings);
}

void coding(const CommandLine& line) {
  CodingSettings settings = line.coding;
  if (settings.images.empty()) settings.images = speed_files(line.data);
  run_coding(settings);
}

void add_index_commands(CLI::App& app, CommandLine& line) {
  CLI::App& sizes_command = *app.add_subcommand("sizes", "Sizes of files by every model against the peers");
  sizes_command.add_option("--images", line.sizes.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(sizes_command, line.data);
  add_table_options(sizes_command, line.sizes);
  sizes_command.add_option("--peers", line.sizes.peers, "Programs to compare with; all that are installed if none")
      ->delimiter(',')
      ->check(CLI::IsMember({"cjxl", "cwebp", "zopflipng", "optipng", "xz"}));
  CLI::App& coding_command = *app.add_subcommand("coding", "Speed of coding and decoding indices by every model");
  coding_command.add_option("--images", line.coding.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(coding_command, line.data);
  add_table_options(coding_command, line.coding);
  add_repeats(coding_command, line.coding.repeats);
  sizes_command.final_callback([&line] { sizes(line); });
  coding_command.final_callback([&line] { coding(line); });
}

void palettes(const CommandLine& line) {
  PalettesSettings settings = line.palettes;
  if (settings.images.empty()) settings.images = png_files(line.data);
  run_palettes(settings);
}

void add_palettes_command(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("palettes", "Palette PNGs of vqi quantize beside those of other programs");
  command.add_option("--images", line.palettes.images, "PNG files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(command, line.data);
  add_table_options(command, line.palettes);
  add_efforts(command, line.palettes.efforts);
  command.add_option("--programs", line.palettes.programs, "Programs to run; all that are installed if none")
      ->delimiter(',')
      ->check(CLI::IsMember(palette_maker_names()));
  add_threads(command, line.palettes.threads);
  command.final_callback([&line] { palettes(line); });
}

void all(const CommandLine& line) {
  train(line);
  stages(line);
  distortion(line);
}

void add_commands(CLI::App& app, CommandLine& line) {
  CLI::App& train_command = *app.add_subcommand("train", "Time and MSE of codebook and index map against the peers");
  train_command.add_option("--images", line.train.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(train_command, line.data);
  add_table_options(train_command, line.train);
  add_efforts(train_command, line.train.efforts);
  add_imagequant_speeds(train_command, line.train.imagequant_speeds);
  add_repeats(train_command, line.train.repeats);
  add_threads(train_command, line.train.threads);
  add_slow(train_command, line.train);

  CLI::App& stages_command = *app.add_subcommand("stages", "Time of every stage of encode and decode against memcpy");
  stages_command.add_option("--images", line.stages.images, "Image files instead of those in the folder")
      ->check(CLI::ExistingFile);
  add_data(stages_command, line.data);
  add_table_options(stages_command, line.stages);
  stages_command.add_option("--effort", line.stages.effort, "Effort of encode")->capture_default_str();
  add_repeats(stages_command, line.stages.repeats);
  stages_command.add_option("--threads", line.stages.threads, "Numbers of threads")
      ->delimiter(',')
      ->check(CLI::PositiveNumber)
      ->capture_default_str();

  CLI::App& distortion_command = *app.add_subcommand("distortion", "Mean MSE over the photographs of the data folder");
  add_data(distortion_command, line.data);
  add_table_options(distortion_command, line.distortion);
  add_efforts(distortion_command, line.distortion.efforts);
  add_imagequant_speeds(distortion_command, line.distortion.imagequant_speeds);
  distortion_command
      .add_option("--runs", line.distortion.runs, "Converged k-means++ runs to take the best of; 0: none")
      ->capture_default_str();
  add_threads(distortion_command, line.distortion.threads);
  distortion_command.add_flag("--per-image", line.distortion.per_image, "A row for every image as well");

  CLI::App& all_command =
      *app.add_subcommand("all", "Runs the three commands above, as vqi_bench does without a command");
  add_data(all_command, line.data);
  add_slow(all_command, line.train);

  train_command.final_callback([&line] { train(line); });
  stages_command.final_callback([&line] { stages(line); });
  distortion_command.final_callback([&line] { distortion(line); });
  all_command.final_callback([&line] { all(line); });
}

int run(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app(description, "vqi_bench");
  app.require_subcommand(0, 1);
  add_commands(app, line);
  add_sweep_commands(app, line);
  add_index_commands(app, line);
  add_methods_command(app, line);
  add_restore_command(app, line);
  add_rates_command(app, line);
  add_palettes_command(app, line);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) all(line);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return 0;
}

}  // namespace
}  // namespace vqi::bench

int main(int argc, char** argv) {
  try {
    return vqi::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "vqi_bench: " << error.what() << '\n';
    return 1;
  }
}
