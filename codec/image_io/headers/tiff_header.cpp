// The header of a TIFF file: its first directory, and which strips and tiles it has.
#include <algorithm>
#include <optional>

#include "image_header.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "TIFF";
constexpr std::uint32_t whole_image_strip = 0xFFFFFFFF;

// Tags: TIFF 6.0, and Adobe's technical notes for 339 and 34675.
enum Tag : std::uint16_t {
  image_width = 256,
  image_length = 257,
  bits_per_sample = 258,
  compression = 259,
  photometric = 262,
  strip_offsets = 273,
  orientation = 274,
  samples_per_pixel = 277,
  rows_per_strip = 278,
  strip_byte_counts = 279,
  planar_configuration = 284,
  tile_width = 322,
  tile_length = 323,
  tile_offsets = 324,
  tile_byte_counts = 325,
  extra_samples = 338,
  sample_format = 339,
  icc_profile = 34675,
};

enum Photometric : std::uint32_t { white_is_zero = 0, black_is_zero = 1, rgb = 2, palette = 3, log_luv = 32845 };
enum ExtraSample : std::uint32_t { unspecified = 0, associated_alpha = 1, unassociated_alpha = 2 };

/// An entry of a directory: `count` values from `offset` on.
struct TiffField {
  std::uint16_t type = 0;
  std::uint64_t count = 0;
  std::uint64_t offset = 0;
};

std::uint32_t type_bytes(std::uint16_t type) {
  switch (type) {
    case 1:  // BYTE
    case 7:  // UNDEFINED
      return 1;
    case 3:  // SHORT
      return 2;
    case 4:  // LONG
      return 4;
    case 16:  // LONG8
      return 8;
    default:
      return 0;
  }
}

/// The first directory of a TIFF or BigTIFF structure.
class TiffDirectory {
 public:
  explicit TiffDirectory(const ByteWindow& window) : window_(window) {
    is_big_endian_ = window.u8(0) == 'M';
    is_big_tiff_ = get<std::uint16_t>(2) == 43;
    begin_ = is_big_tiff_ ? get<std::uint64_t>(8) : get<std::uint32_t>(4);
    count_ = is_big_tiff_ ? get<std::uint64_t>(begin_) : get<std::uint16_t>(begin_);
    static_cast<void>(window.at(entry_offset(0), std::min<std::uint64_t>(count_, 1U << 20) * entry_bytes()));
    if (count_ > 1U << 20) throw_damaged(window.format(), "its directory is too long", begin_);
  }

  [[nodiscard]] bool is_big_endian() const noexcept { return is_big_endian_; }

  [[nodiscard]] std::optional<TiffField> find(Tag tag) const {
    for (std::uint64_t i = 0; i < count_; ++i) {
      const std::uint64_t entry = entry_offset(i);
      if (get<std::uint16_t>(entry) != tag) continue;
      TiffField field;
      field.type = get<std::uint16_t>(entry + 2);
      field.count = is_big_tiff_ ? get<std::uint64_t>(entry + 4) : get<std::uint32_t>(entry + 4);
      field.offset = entry + (is_big_tiff_ ? 12 : 8);
      const std::uint64_t inline_bytes = is_big_tiff_ ? 8 : 4;
      const std::uint32_t size = type_bytes(field.type);
      if (size == 0 || field.count == 0) return std::nullopt;
      if (field.count > inline_bytes / size)
        field.offset = is_big_tiff_ ? get<std::uint64_t>(field.offset) : get<std::uint32_t>(field.offset);
      return field;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::uint64_t value(const TiffField& field, std::uint64_t index) const {
    const std::uint64_t offset = field.offset + index * type_bytes(field.type);
    switch (type_bytes(field.type)) {
      case 1:
        return window_.u8(offset);
      case 2:
        return get<std::uint16_t>(offset);
      case 4:
        return get<std::uint32_t>(offset);
      default:
        return get<std::uint64_t>(offset);
    }
  }

  /// The first value of a tag, or `otherwise`. Values over 32 bits become the largest of 32 bits.
  [[nodiscard]] std::uint32_t number(Tag tag, std::uint32_t otherwise) const {
    const auto field = find(tag);
    if (!field) return otherwise;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(value(*field, 0), 0xFFFFFFFF));
  }

  [[nodiscard]] bool has_next() const {
    const std::uint64_t offset = entry_offset(count_);
    return (is_big_tiff_ ? get<std::uint64_t>(offset) : get<std::uint32_t>(offset)) != 0;
  }

 private:
  template <typename Integer>
  [[nodiscard]] Integer get(std::uint64_t offset) const {
    return is_big_endian_ ? window_.big<Integer>(offset) : window_.little<Integer>(offset);
  }
  [[nodiscard]] std::uint64_t entry_bytes() const noexcept { return is_big_tiff_ ? 20 : 12; }
  [[nodiscard]] std::uint64_t entry_offset(std::uint64_t index) const noexcept {
    return begin_ + (is_big_tiff_ ? 8 : 2) + index * entry_bytes();
  }

  const ByteWindow& window_;
  bool is_big_endian_ = false;
  bool is_big_tiff_ = false;
  std::uint64_t begin_ = 0;
  std::uint64_t count_ = 0;
};

/// Bytes that the pixels take if they are uncompressed grey, RGB or palette samples; otherwise 0.
std::uint64_t uncompressed_bytes(const TiffDirectory& directory, const ImageHeader& header) {
  const std::uint32_t colours = directory.number(photometric, whole_image_strip);
  if (directory.number(compression, 1) != 1 || colours > palette) return 0;
  const bool has_planes = directory.number(planar_configuration, 1) == 2;
  const std::uint64_t samples = std::uint64_t{header.width_px} * (has_planes ? 1 : header.channels);
  const std::uint64_t row_bytes = (samples * directory.number(bits_per_sample, 1) + 7) / 8;
  return row_bytes * std::min(header.height_px, 1U << 24) * (has_planes ? header.channels : 1);
}

/// libtiff reads as much as it can, and OpenCV takes that for the image: so every strip or tile must lie inside the
/// file, and together they must hold all pixels if uncompressed_bytes knows their size.
void check_data_is_there(const ByteWindow& window, const TiffDirectory& directory, const ImageHeader& header) {
  const bool is_tiled = directory.find(tile_offsets).has_value();
  const auto offsets = directory.find(is_tiled ? tile_offsets : strip_offsets);
  const auto sizes = directory.find(is_tiled ? tile_byte_counts : strip_byte_counts);
  if (!offsets) throw_damaged(format_name, "it has neither strips nor tiles", 0);
  if (!sizes) return;  // very old files; libtiff estimates
  const std::uint64_t count = std::min(offsets->count, sizes->count);
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t size = directory.value(*sizes, i);
    static_cast<void>(window.at(directory.value(*offsets, i), size));
    total += size;
  }
  if (total < uncompressed_bytes(directory, header))
    throw_damaged(format_name, "its strips hold less than its pixels take", offsets->offset);
}

/// The kinds of samples that OpenCV 4.6 returns as they are meant; others it drops channels or bits
/// of, or misreads.
void check_samples(const TiffDirectory& directory, const ImageHeader& header, std::uint32_t colours) {
  const std::uint32_t bits = directory.number(bits_per_sample, 1);
  const std::uint32_t kind = directory.number(sample_format, 1);
  if (kind == 3 || colours == log_luv) throw_unsupported(format_name, "floating-point samples");
  if (kind != 1) throw_unsupported(format_name, "samples that are not unsigned integers");
  if (bits != 1 && bits != 8 && bits != 10 && bits != 12 && bits != 14 && bits != 16)
    throw_unsupported(format_name, std::to_string(bits) + " bits per sample");
  const bool is_grey = colours == white_is_zero || colours == black_is_zero;
  if (header.channels == 0) throw_damaged(format_name, "a pixel has 0 samples", 0);
  if (header.channels > 4 || (is_grey && header.channels != 1) || header.channels == 2)
    throw_unsupported(format_name, std::to_string(header.channels) + " samples per pixel of its kind of colour");
  if (bits == 1 && !is_grey) throw_unsupported(format_name, "colours of 1 bit");
  if (bits <= 8) return;
  if (colours != black_is_zero && colours != rgb)
    throw_unsupported(format_name, std::to_string(bits) + " bits per sample of its kind of colour");
  if (header.channels > 1 && directory.number(planar_configuration, 1) != 1)
    throw_unsupported(format_name, std::to_string(bits) + " bits per sample in separate planes");
}

/// Memory for one strip or tile: OpenCV's buffer and libtiff's.
std::uint64_t strip_bytes(const TiffDirectory& directory, const ImageHeader& header) {
  const bool is_tiled = directory.find(tile_width).has_value();
  std::uint64_t width = header.width_px;
  std::uint64_t height = header.height_px;
  if (is_tiled) {
    width = directory.number(tile_width, 0);
    height = directory.number(tile_length, 0);
  } else if (const std::uint32_t rows = directory.number(rows_per_strip, whole_image_strip);
             rows != whole_image_strip) {
    height = rows;
  }
  constexpr std::uint64_t bytes_per_pixel = 16;               // two buffers of 4 samples of 16 bits
  constexpr std::uint64_t max_side = std::uint64_t{1} << 28;  // keeps the product inside 64 bits
  return std::min(width, max_side) * std::min(height, max_side) * bytes_per_pixel;
}

/// Tiles are decoded whole: one that is far larger than the image would take time that its pixels do not justify.
void check_tiles(const TiffDirectory& directory, const ImageHeader& header) {
  if (!directory.find(tile_width)) return;
  constexpr std::uint64_t small_px = std::uint64_t{1} << 22;  // a tile of 2048x2048 is fine for any image
  const std::uint64_t tile_px = std::uint64_t{directory.number(tile_width, 0)} * directory.number(tile_length, 0);
  const std::uint64_t image_px = std::uint64_t{header.width_px} * header.height_px;
  if (tile_px > small_px && tile_px / 4 > image_px) throw_unsupported(format_name, "tiles far larger than its image");
}

/// Makes the decoder see `value` in a field of one SHORT, which lies in its directory entry.
void patch_short(const TiffDirectory& directory, Tag tag, std::uint8_t value, ImageHeader& header) {
  const auto field = directory.find(tag);
  if (!field || field->count != 1 || type_bytes(field->type) != 2) return;
  const auto offset = static_cast<std::size_t>(field->offset);
  const std::byte low{value};
  header.patches.push_back({offset, directory.is_big_endian() ? std::byte{0} : low});
  header.patches.push_back({offset + 1, directory.is_big_endian() ? low : std::byte{0}});
}

/// libtiff multiplies 8-bit colours by an unassociated alpha and leaves those with an associated one
/// alone. Declared associated, the former come out as they are in the file.
void read_alpha(const TiffDirectory& directory, std::uint32_t colours, ImageHeader& header) {
  if (colours != rgb || header.channels != 4) {
    header.alpha = AlphaKind::none;
    return;
  }
  const std::uint32_t extra = directory.number(extra_samples, unspecified);
  if (extra == associated_alpha) header.alpha = AlphaKind::premultiplied;
  if (extra == unassociated_alpha) patch_short(directory, extra_samples, associated_alpha, header);
}

}  // namespace

ImageHeader read_tiff_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  const TiffDirectory directory(window);
  ImageHeader header;
  header.format = format_name;
  header.width_px = directory.number(image_width, 0);
  header.height_px = directory.number(image_length, 0);
  if (header.width_px == 0 || header.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", 0);
  const std::uint32_t colours = directory.number(photometric, whole_image_strip);
  const bool is_grey = colours == white_is_zero || colours == black_is_zero;
  header.channels = directory.number(samples_per_pixel, is_grey || colours == palette ? 1 : 3);
  check_samples(directory, header, colours);
  check_data_is_there(window, directory, header);
  check_tiles(directory, header);
  read_alpha(directory, colours, header);
  if (colours == palette) header.channels = 3;

  const std::uint32_t bits = directory.number(bits_per_sample, 1);
  header.bit_depth = bits > 8 ? 16 : 8;
  // 10, 12 and 14 bits come out shifted to the left.
  if (bits > 8 && bits < 16) header.sample_max = ((1U << bits) - 1) << (16 - bits);
  header.scratch_bytes = strip_bytes(directory, header);

  // Orientation is applied by us: OpenCV's way differs by depth and layout.
  const std::uint32_t turned = directory.number(orientation, 1);
  if (turned >= 2 && turned <= 8) {
    header.orientation = turned;
    patch_short(directory, orientation, 1, header);
  }
  if (directory.find(icc_profile)) header.warnings.push_back(profile_warning(format_name));
  if (directory.has_next()) header.warnings.emplace_back("the TIFF has several pages; only the first is read");
  return header;
}

}  // namespace vqi::detail
