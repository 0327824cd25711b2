// Harness: hostile PNG, TIFF and Netpbm files are read by rows with the pixels of whole images, or refused as those
// are.
#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "harness.hpp"
#include "png_mutator.hpp"
#include "png_reader.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"
#include "vqi/image_io.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// The samples of one pass, at most `rows_max` rows at a time; none where the file turns out to be damaged.
std::optional<Bytes> read_pass(const ImageRows& image, std::uint32_t rows_max, std::size_t input_size) {
  const ImageView& type = image.rows.type;
  const std::size_t row_bytes = std::size_t{type.width_px} * type.channels * (type.bit_depth / 8);
  Bytes samples(row_bytes * type.height_px);
  return accepted(input_size, [&] {
    for (std::uint32_t y = 0; y < type.height_px;) {
      const std::uint32_t asked = std::min(rows_max, type.height_px - y);
      const std::uint32_t read =
          image.rows.read(y, asked, std::span(samples).subspan(y * row_bytes, asked * row_bytes));
      promise(read >= 1 && read <= asked, "some rows are read, and no more than asked for");
      y += read;
    }
    return samples;
  });
}

/// Reading pieces outside of the file is a promise broken, not an error.
ByteSource source_of(std::span<const std::byte> input) {
  return {input.size(), [input](std::uint64_t offset, std::span<std::byte> bytes) {
            promise(offset <= input.size() && bytes.size() <= input.size() - offset, "reads stay in the file");
            std::copy_n(input.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
          }};
}

bool run(std::span<const std::byte> input) {
  constexpr std::uint32_t few_rows = 3;
  const ReadOptions options{.limits = small_limits()};
  const auto opened = accepted(input.size(), [&] { return read_image_rows(source_of(input), options, small_run()); });
  if (!opened || !*opened || !(*opened)->obstacle.empty()) return false;
  const ImageRows& image = **opened;
  promise(image.rows.type.width_px > 0 && image.rows.type.height_px > 0, "an image has pixels");
  const std::optional<Bytes> first = read_pass(image, image.rows.type.height_px, input.size());
  const std::optional<Bytes> again = read_pass(image, few_rows, input.size());
  promise(first == again, "a further pass with fewer rows at a time gives the same");
  const auto whole = accepted(input.size(), [&] { return read_image(input, options, small_run()); });
  promise(first.has_value() || !whole, "what is read whole is read by rows");
  if (!first || !whole) return false;
  const Image& pixels = whole->image;
  promise(pixels.width_px() == image.rows.type.width_px && pixels.height_px() == image.rows.type.height_px &&
              pixels.channels() == image.rows.type.channels && pixels.bit_depth() == image.rows.type.bit_depth,
          "the type is that of the whole image");
  promise(std::equal(pixels.samples().begin(), pixels.samples().end(), first->begin(), first->end()),
          "the samples are those of the whole image");
  return true;
}

std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const Harness* harness : {&png_harness, &tiff_harness, &raster_harness})
    std::ranges::move(harness->make_seeds(), std::back_inserter(seeds));
  return seeds;
}

void mutate(Bytes& input, Mutation& mutation) {
  if (is_png(input))
    mutate_png(input, mutation);
  else
    mutation.change(input);
}

}  // namespace

const Harness image_rows_harness{"image_rows", run, make_seeds, 4096, mutate};

}  // namespace vqi::fuzz
