// vqi_bench coding: speed of coding and decoding indices, for each context model and K.
#include <algorithm>
#include <array>
#include <iostream>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "interleaved_runs.hpp"
#include "result_table.hpp"
#include "vqi_contender.hpp"

namespace vqi::bench {
namespace {

struct NamedCoding {
  const char* name;
  Coding coding;
  std::optional<Model> model;
};
const std::array<NamedCoding, 4> codings{{{"packed", Coding::packed, std::nullopt},
                                          {"fast", Coding::entropy, Model::fast},
                                          {"balanced", Coding::entropy, Model::balanced},
                                          {"max", Coding::entropy, Model::max}}};

void measure(const BenchImage& image, std::uint32_t k, const CodingSettings& settings, ResultTable& table) {
  std::vector<Contender> contenders;
  std::array<std::uint64_t, codings.size()> index_bytes{};
  const RunOptions one_thread{.threads = 1};
  for (std::size_t i = 0; i < codings.size(); ++i) {
    EncodeOptions options = effort_options(k, default_effort);
    options.coding = codings[i].coding;
    options.model = codings[i].model;
    const Encoded encoded = encode(image.image, options, one_thread);
    index_bytes[i] = encoded.report.bytes.index;
    contenders.push_back({codings[i].name, [&image, options, bytes = encoded.bytes, one_thread] {
                            const double encode_seconds =
                                encode(image.image, options, one_thread).report.seconds.encode;
                            IndexedImage decoded;
                            const Elapsed elapsed =
                                elapsed_in([&] { decoded = decode_indexed(bytes, {}, one_thread); });
                            return std::vector{encode_seconds, elapsed.wall_seconds, elapsed.cpu_seconds};
                          }});
  }
  const std::vector<std::vector<Times>> times = run_interleaved(contenders, settings.repeats);
  for (std::size_t i = 0; i < codings.size(); ++i) {
    const double pixels = image.megapixels();
    const double bpp = 8e-6 * static_cast<double>(index_bytes[i]) / pixels;
    table.add({image.name, std::to_string(k), codings[i].name, fixed(bpp, 3), number(pixels / times[i][0].least()),
               number(pixels / times[i][1].median()), number(pixels / times[i][1].least()),
               number(pixels / times[i][2].least())});
  }
}

}  // namespace

void run_coding(const CodingSettings& settings) {
  std::cout << "Indices on one thread, in megapixels per second: of the least time, of the median, and of the least\n"
               "processor time, which other work on the machine disturbs less.\n\n";
  ResultTable table({{"image", 16},
                     {"K", 5},
                     {"coding", 8},
                     {"bpp", 6},
                     {"encode", 7},
                     {"decode median", 13},
                     {"decode least", 12},
                     {"decode cpu", 10}},
                    settings.csv);
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    for (const std::uint32_t k : settings.k) measure(*image, k, settings, table);
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
