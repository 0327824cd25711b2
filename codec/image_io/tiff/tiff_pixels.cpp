// libtiff goes on after many a fault and only speaks of it, so that its messages count as much as what it returns.
#include "tiff_pixels.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "damage_report.hpp"
#include "deflate_check.hpp"
#include "image_errors.hpp"
#include "plain_segments.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "tiff_samples.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "TIFF";

bool holds(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

/// Of what libtiff says while it decodes, these concern no pixel that is asked for.
bool is_harmless(const TiffMessage& message) {
  if (message.is_error) return false;
  constexpr std::array pieces{
      "not terminated with EOI",              // LZW: all pixels were there
      "to avoid buffer overrun",              // PackBits: more than the pixels that are asked for
      "JPEG strip size exceeds",              // a last strip as high as the others
      "extraneous bytes before marker 0xd9",  // JPEG: between the last pixel and the end
  };
  return std::any_of(pieces.begin(), pieces.end(), [&](const char* piece) { return holds(message.text, piece); });
}

/// True if the words are about something that libtiff, or this build of it, does not have.
bool is_about_support(const std::string& text) {
  return holds(text, "not supported") || holds(text, "not implemented") || holds(text, "not configured") ||
         holds(text, "not allowed") || holds(text, "unsupported");
}

/// Rows of which pixels were lost, as ranges in the order in which they are met.
class LostRows {
 public:
  void add(std::uint32_t begin, std::uint32_t end, const FileDamage& damage) {
    if (ranges_.empty()) first_ = damage;
    if (!ranges_.empty() && begin <= ranges_.back().second) {
      ranges_.back().second = std::max(ranges_.back().second, end);
      ranges_.back().first = std::min(ranges_.back().first, begin);
    } else {
      ranges_.emplace_back(begin, end);
    }
  }
  [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
  /// The damage that was met first.
  [[nodiscard]] const FileDamage& first() const noexcept { return first_; }
  /// The rows, counted from 1 in the stored image.
  [[nodiscard]] std::string words() const {
    constexpr std::size_t named = 4;
    std::string rows = "pixels of rows ";
    for (std::size_t i = 0; i < std::min(named, ranges_.size()); ++i)
      rows += (i == 0 ? "" : ", ") + std::to_string(ranges_[i].first + 1) + " to " + std::to_string(ranges_[i].second);
    if (ranges_.size() > named) rows += " and in " + std::to_string(ranges_.size() - named) + " more places";
    return rows + " as stored";
  }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;
  FileDamage first_;
};

/// Uncompressed strips are read in pieces of this size at most, so that one for the whole image takes no second one.
constexpr std::uint64_t max_plain_piece_bytes = std::uint64_t{1} << 18;

/// A strip or tile, or a piece of a strip: which of its rows, and where they lie in the image.
struct Place {
  std::uint32_t number = 0;     ///< of the strip or tile in its plane
  std::uint32_t first_row = 0;  ///< in the strip
  std::uint32_t left = 0;
  std::uint32_t top = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

}  // namespace

class TiffPixels::Reader {
 public:
  Reader(const TiffPixelSource& page, Damage damage, ReadImage& result)
      : handle_(page.handle),
        layout_(page.layout),
        colour_(page.colour),
        file_(page.file),
        plain_(page.directory, page.file, page.layout),
        damage_(damage),
        result_(result),
        planes_(layout_.planes()),
        pixel_bytes_(std::size_t{layout_.channels()} * (layout_.bit_depth() / 8)) {
    segment_.resize(planes_.size());
    for (auto& plane : segment_) plane.resize(layout_.segment_bytes(band_rows_max(layout_)));
    samples_.resize(std::size_t{layout_.segment_width_px} * (layout_.colour_samples + (layout_.alpha_sample ? 1 : 0)));
    const bool is_plain_colour = layout_.colours == TiffColours::grey || layout_.colours == TiffColours::rgb;
    is_copied_ = is_plain_colour && layout_.bits == layout_.bit_depth() && !layout_.has_planes &&
                 layout_.samples == layout_.channels() && !layout_.is_premultiplied;
  }

  [[nodiscard]] std::uint32_t band_rows(std::uint32_t first_row) const noexcept {
    const std::uint32_t in_segment = first_row % layout_.segment_height_px;
    const std::uint32_t top = first_row - in_segment;
    const std::uint32_t rows = std::min(layout_.segment_height_px, layout_.height_px - top);
    return std::min(band_rows_max(layout_), rows - in_segment);
  }

  void read_band(std::uint32_t first_row, std::byte* rows, const std::function<void()>& report) {
    Place place;
    place.top = first_row;
    place.first_row = first_row % layout_.segment_height_px;
    place.height = band_rows(first_row);
    for (std::uint32_t x = 0; x < layout_.across(); ++x) {
      place.left = x * layout_.segment_width_px;
      place.width = std::min(layout_.segment_width_px, layout_.width_px - place.left);
      place.number = first_row / layout_.segment_height_px * layout_.across() + x;
      if (report) report();
      read_segment(place, rows + place.left * pixel_bytes_);
    }
  }

  void note_lost_rows() {
    if (!lost_.empty()) note_pixel_damage(lost_.first(), lost_.words(), Damage::salvage, result_);
  }

 private:
  /// To `pixels`, the first of the place in the band.
  void read_segment(const Place& place, std::byte* pixels) {
    std::uint32_t whole_rows = place.height;
    for (std::size_t k = 0; k < planes_.size(); ++k) {
      const std::uint32_t index = planes_[k] * layout_.across() * layout_.down() + place.number;
      whole_rows = std::min(
          whole_rows, layout_.is_compressed ? decode(index, segment_[k], place) : copy(index, segment_[k], place));
    }
    for (std::uint32_t row = 0; row < place.height; ++row, pixels += layout_.width_px * pixel_bytes_)
      row < whole_rows ? convert(row, place.width, pixels) : fill_grey(place.width, pixels);
  }

  [[nodiscard]] FileDamage damage_of(std::uint32_t index, const std::string& words) const {
    return {(layout_.is_tiled ? "tile " : "strip ") + std::to_string(index + 1) + words,
            std::min<std::uint64_t>(plain_.offset_of(index), file_.size())};
  }

  /// Reads an uncompressed plane of a segment and returns how many of its rows are there.
  std::uint32_t copy(std::uint32_t index, std::vector<std::byte>& bytes, const Place& place) {
    const std::uint32_t rows = plain_.read(index, place.first_row, place.height, bytes);
    if (rows < place.height) lose(place, rows, damage_of(index, " is shorter than its pixels, or missing"));
    return rows;
  }

  /// Decodes a plane of a segment and returns how many of its rows are there.
  std::uint32_t decode(std::uint32_t index, std::vector<std::byte>& bytes, const Place& place) {
    // A tile has all its rows, even those below the image.
    const std::uint32_t rows = layout_.is_tiled ? layout_.segment_height_px : place.height;
    handle_.messages().clear();
    const bool is_complete = decode_rows(index, rows, bytes);
    const auto& messages = handle_.messages().all();
    const bool is_checked = is_complete && is_checksum_right(index, rows);
    if (is_checked && messages.empty()) return rows;
    handle_.messages().throw_if_over_limit();
    const FileDamage damage = damage_of(index, ": " + handle_.messages().reason("its checksum is wrong"));
    if (is_checked && std::all_of(messages.begin(), messages.end(), is_harmless)) {
      if (!std::exchange(has_warned_, true)) note_harmless_damage(damage, damage_, result_);
      return rows;
    }
    if (!is_complete && is_about_support(damage.words)) throw_unsupported(format_name, damage.words);
    // What libtiff spoke of may be anywhere in a segment that it decoded to its end.
    if (is_complete) {
      lose(place, 0, damage);
      return rows;
    }
    const std::uint32_t whole_rows = damage_ == Damage::salvage ? count_whole_rows(index, rows, bytes) : 0;
    if (whole_rows < place.height) lose(place, whole_rows, damage);
    return whole_rows;
  }

  /// Of Deflate, libtiff leaves the checksum out where more comes out than the pixels take, as it does after many a
  /// change of a byte. Other compressions have none.
  [[nodiscard]] bool is_checksum_right(std::uint32_t index, std::uint32_t rows) const {
    return !layout_.is_deflated || layout_.is_bit_reversed ||
           is_whole_zlib_stream(file_, plain_.stored(index), layout_.segment_bytes(rows));
  }

  /// Notes that rows of a place from `first` on are lost. Throws Error{corrupt_image} unless they may be.
  void lose(const Place& place, std::uint32_t first, const FileDamage& damage) {
    if (damage_ != Damage::salvage) throw_damaged(format_name, damage.words, damage.offset);
    lost_.add(place.top + first, place.top + place.height, damage);
  }

  /// True if the first `rows` rows of a strip or tile could be decoded.
  bool decode_rows(std::uint32_t index, std::uint32_t rows, std::vector<std::byte>& bytes) {
    const auto size = static_cast<tmsize_t>(layout_.segment_bytes(rows));
    return handle_.run([&](TIFF* tiff) {
      return layout_.is_tiled ? TIFFReadEncodedTile(tiff, index, bytes.data(), size)
                              : TIFFReadEncodedStrip(tiff, index, bytes.data(), size);
    }) == size;
  }

  /// How many rows can be decoded of a segment that cannot be as a whole; `bytes` then has them.
  std::uint32_t count_whole_rows(std::uint32_t index, std::uint32_t rows, std::vector<std::byte>& bytes) {
    std::uint32_t known_good = 0;
    std::uint32_t known_bad = rows;
    while (known_bad - known_good > 1 && !layout_.is_subsampled()) {
      const std::uint32_t middle = known_good + (known_bad - known_good) / 2;
      (decode_rows(index, middle, bytes) ? known_good : known_bad) = middle;
    }
    return known_good > 0 && decode_rows(index, known_good, bytes) ? known_good : 0;
  }

  void convert(std::uint32_t row, std::uint32_t count, std::byte* pixels) {
    if (is_copied_) {
      std::memcpy(pixels, segment_[0].data() + row * layout_.row_bytes(), count * pixel_bytes_);
      return;
    }
    const std::size_t kept = layout_.colour_samples + (layout_.alpha_sample ? 1 : 0);
    const std::span samples = std::span(samples_).first(count * kept);
    read_tiff_samples(layout_, segment_, row, count, samples);
    colour_.convert(samples, count, pixels);
  }

  void fill_grey(std::uint32_t count, std::byte* pixels) const {
    const std::uint32_t sample_bytes = layout_.bit_depth() / 8;
    std::memset(pixels, 0x80, count * pixel_bytes_);
    for (std::uint32_t x = 0; layout_.alpha_sample && x < count; ++x)
      std::memset(pixels + (x + 1) * pixel_bytes_ - sample_bytes, 0xFF, sample_bytes);
  }

  TiffHandle& handle_;
  const TiffLayout& layout_;
  TiffColour colour_;
  const FileBytes& file_;
  PlainSegments plain_;
  Damage damage_;
  ReadImage& result_;
  std::vector<std::uint32_t> planes_;
  std::size_t pixel_bytes_;  // of the image
  TiffSegment segment_;
  std::vector<std::uint16_t> samples_;
  bool is_copied_ = false;  ///< samples are those of the image as they lie
  bool has_warned_ = false;
  LostRows lost_;
};

TiffPixels::TiffPixels(const TiffPixelSource& page, Damage damage, ReadImage& result)
    : reader_(std::make_unique<Reader>(page, damage, result)) {}

TiffPixels::~TiffPixels() = default;

std::uint32_t TiffPixels::band_rows(std::uint32_t first_row) const noexcept { return reader_->band_rows(first_row); }

void TiffPixels::read_band(std::uint32_t first_row, std::byte* rows, const std::function<void()>& report) {
  reader_->read_band(first_row, rows, report);
}

void TiffPixels::note_lost_rows() { reader_->note_lost_rows(); }

std::uint32_t band_rows_max(const TiffLayout& layout) noexcept {
  if (layout.is_compressed || layout.is_tiled) return layout.segment_height_px;
  const std::uint64_t units =
      std::max<std::uint64_t>(max_plain_piece_bytes / layout.segment_bytes(layout.subsampling_y), 1);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(units * layout.subsampling_y, layout.segment_height_px));
}

std::uint64_t tiff_scratch_bytes(const TiffLayout& layout) noexcept {
  const std::uint64_t planes = layout.has_planes ? layout.samples : 1;
  const std::uint64_t samples = layout.colour_samples + 1;
  return sum_or_most(product_or_most(planes, layout.segment_bytes(band_rows_max(layout))),
                     samples * 2 * layout.segment_width_px);
}

void read_tiff_pixels(const TiffPixelSource& page, Damage damage, const RunOptions& run, ReadImage& result) {
  TiffPixels pixels(page, damage, result);
  const std::uint32_t height_px = page.layout.height_px;
  RowProgress progress(run.progress, Stage::read, height_px);
  for (std::uint32_t y = 0; y < height_px; y += pixels.band_rows(y))
    pixels.read_band(y, result.image.row(y), [&] { progress.report_at(y); });
  pixels.note_lost_rows();
}

}  // namespace vqi::detail
