// vqi_bench stages: times every stage of encode and decode against memcpy, on several numbers of threads.
#include <cstring>
#include <iostream>
#include <map>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "heap_pages.hpp"
#include "interleaved_runs.hpp"
#include "result_table.hpp"
#include "vqi_contender.hpp"

namespace vqi::bench {
namespace {

/// A contender whose stages have names.
struct StagedCall {
  std::vector<std::string> stages;
  std::uint32_t threads;
  Contender contender;
};

/// The contenders for one image and K.
class StagedCalls {
 public:
  StagedCalls(const BenchImage& image, std::uint32_t k, const StagesSettings& settings)
      : image_(image),
        k_(k),
        settings_(settings),
        bytes_(encode(image.image, effort_options(k, settings.effort)).bytes) {}

  /// First a memcpy of the decoded image, then decoding into indices ("unpack") and into pixels ("decode").
  [[nodiscard]] std::vector<StagedCall> reading() const {
    std::vector<StagedCall> calls{{{"memcpy"}, 1, {"memcpy", [this] { return std::vector{copy_seconds()}; }}}};
    for (const std::uint32_t threads : settings_.threads) {
      calls.push_back(
          {{"unpack"}, threads, {"unpack", [this, threads] { return std::vector{unpack_seconds(threads)}; }}});
      calls.push_back(
          {{"decode"}, threads, {"decode", [this, threads] { return std::vector{decode_seconds(threads)}; }}});
    }
    return calls;
  }

  /// The four stages of encode, and "train + map", the sum of the two that make codebook and index map.
  [[nodiscard]] std::vector<StagedCall> writing() const {
    std::vector<StagedCall> calls;
    for (const std::uint32_t threads : settings_.threads) {
      calls.push_back({{"train", "map", "train + map", "pack", "measure"},
                       threads,
                       {"encode", [this, threads] {
                          const EncodeReport report =
                              encode(image_.image, effort_options(k_, settings_.effort), {.threads = threads}).report;
                          return std::vector{report.seconds.train, report.seconds.assign,
                                             report.seconds.train + report.seconds.assign, report.seconds.encode,
                                             report.seconds.measure};
                        }}});
    }
    return calls;
  }

 private:
  // Each time includes allocating memory, but not freeing it.
  [[nodiscard]] double copy_seconds() const {
    const std::span<const std::byte> samples = image_.image.samples();
    Image copy;
    const Elapsed elapsed = elapsed_in([&] {
      copy =
          Image(image_.image.width_px(), image_.image.height_px(), image_.image.channels(), image_.image.bit_depth());
      std::memcpy(copy.row(0), samples.data(), samples.size());
      keep(copy.row(0));
    });
    return elapsed.wall_seconds;
  }

  [[nodiscard]] double decode_seconds(std::uint32_t threads) const {
    Image decoded;
    return elapsed_in([&] { decoded = decode(bytes_, {}, {.threads = threads}); }).wall_seconds;
  }

  [[nodiscard]] double unpack_seconds(std::uint32_t threads) const {
    IndexedImage decoded;
    return elapsed_in([&] { decoded = decode_indexed(bytes_, {}, {.threads = threads}); }).wall_seconds;
  }

  const BenchImage& image_;
  std::uint32_t k_;
  const StagesSettings& settings_;
  std::vector<std::byte> bytes_;
};

/// Measures `calls`, the first of which must be memcpy, and adds their rows.
void measure(const std::vector<StagedCall>& calls, const BenchImage& image, std::uint32_t k, HeapPages pages,
             unsigned repeats, ResultTable& table) {
  select_heap_pages(pages);
  std::vector<Contender> contenders;
  contenders.reserve(calls.size());
  for (const StagedCall& call : calls) contenders.push_back(call.contender);
  const std::vector<std::vector<Times>> times = run_interleaved(contenders, repeats);
  const double copy_seconds = times.front().front().median();
  const double megabytes = static_cast<double>(image.image.size_bytes()) / 1e6;
  std::map<std::string, double> first_seconds;  // by stage, with the first number of threads
  for (std::size_t i = 0; i < calls.size(); ++i) {
    for (std::size_t stage = 0; stage < calls[i].stages.size(); ++stage) {
      const Times& own = times[i][stage];
      const double seconds = own.median();
      const double first = first_seconds.emplace(calls[i].stages[stage], seconds).first->second;
      table.add({image.name, std::to_string(k), calls[i].stages[stage], std::to_string(calls[i].threads),
                 std::string(name(pages)), number(seconds * 1e3), number(own.least() * 1e3),
                 number(megabytes / seconds), fixed(seconds / copy_seconds, 2), fixed(first / seconds, 2)});
    }
  }
}

}  // namespace

void run_stages(const StagesSettings& settings) {
  std::cout << "Stages at effort " << settings.effort
            << "; MB/s of decoded samples; x memcpy: medians, the same image copied by one thread into memory equally\n"
               "fresh (new pages, or pages in use before); gain: over the first number of threads.\n\n";
  ResultTable table({{"image", 16},
                     {"K", 4},
                     {"stage", 11},
                     {"threads", 7},
                     {"memory", 6},
                     {"median ms", 9},
                     {"least ms", 8},
                     {"MB/s", 6},
                     {"x memcpy", 8},
                     {"gain", 5}},
                    settings.csv);
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    for (const std::uint32_t k : settings.k) {
      const StagedCalls calls(*image, k, settings);
      for (const HeapPages pages : selectable_heap_pages()) {
        std::vector<StagedCall> measured = calls.reading();
        // Encoding is measured with fresh pages only, as programs run it: it allocates in many pieces.
        if (pages == HeapPages::fresh)
          for (StagedCall& call : calls.writing()) measured.push_back(std::move(call));
        measure(measured, *image, k, pages, settings.repeats, table);
      }
    }
  }
  select_heap_pages(HeapPages::fresh);
  std::cout << '\n';
}

}  // namespace vqi::bench
