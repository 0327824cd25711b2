// Builds the bytes of test files, and catches the Error that a reader throws for them.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/error.hpp"

namespace vqi::testing {

using Bytes = std::vector<std::byte>;

inline Bytes bytes_of(std::string_view text) {
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

inline void append(Bytes& to, std::span<const std::byte> more) {
  // Not insert(): g++ 12 warns that its memcpy overflows the small vectors of tests.
  for (const std::byte byte : more) to.push_back(byte);
}
inline void append(Bytes& to, std::string_view more) { append(to, bytes_of(more)); }

inline void append_be(Bytes& to, std::uint64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    to.push_back(static_cast<std::byte>((value >> shift) & 0xFF));
}
/// Appends `size` bytes; from the ninth on they are zeros.
inline void append_le(Bytes& to, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) {
    to.push_back(static_cast<std::byte>(value & 0xFF));
    value >>= 8;
  }
}

/// A PNG chunk with its length and checksum.
inline Bytes png_chunk(std::string_view type, std::span<const std::byte> data) {
  Bytes chunk;
  append_be(chunk, data.size(), 4);
  append(chunk, type);
  append(chunk, data);
  append_be(chunk, crc32(0, reinterpret_cast<const Bytef*>(chunk.data() + 4), static_cast<uInt>(chunk.size() - 4)), 4);
  return chunk;
}

/// `png` with `chunk` inserted after its IHDR.
inline Bytes with_png_chunk(const Bytes& png, std::span<const std::byte> chunk) {
  constexpr std::size_t after_ihdr = 8 + 25;
  Bytes result;
  append(result, std::span(png).first(after_ihdr));
  append(result, chunk);
  append(result, std::span(png).subspan(after_ihdr));
  return result;
}

/// `jpeg` with a segment inserted after its SOI.
inline Bytes with_jpeg_segment(const Bytes& jpeg, std::uint8_t marker, std::span<const std::byte> data) {
  Bytes result;
  append(result, std::span(jpeg).first(2));
  append_be(result, 0xFF00U + marker, 2);
  append_be(result, data.size() + 2, 2);
  append(result, data);
  append(result, std::span(jpeg).subspan(2));
  return result;
}

/// An EXIF block that holds an orientation and nothing else.
inline Bytes exif_block(std::uint32_t orientation, bool is_big_endian = false) {
  Bytes block = bytes_of(is_big_endian ? std::string_view("MM\0\x2A", 4) : std::string_view("II\x2A\0", 4));
  const auto put = [&](std::uint64_t value, int size) {
    is_big_endian ? append_be(block, value, size) : append_le(block, value, size);
  };
  put(8, 4);
  put(1, 2);
  put(274, 2);
  put(3, 2);
  put(1, 4);
  put(orientation, 2);
  put(0, 2);
  put(0, 4);
  return block;
}

/// An ICC profile that is a valid header and nothing else; `space` is "RGB " or "GRAY".
inline Bytes icc_profile(std::string_view space, std::size_t size = 200) {
  Bytes profile(size);
  for (std::size_t i = 128; i < size; ++i) profile[i] = static_cast<std::byte>(i * 37);
  for (std::size_t i = 0; i < 4; ++i) {
    profile[i] = static_cast<std::byte>((size >> (24 - 8 * i)) & 0xFF);
    profile[16 + i] = static_cast<std::byte>(space[i]);
    profile[36 + i] = static_cast<std::byte>("acsp"[i]);
  }
  return profile;
}

/// The code of the Error that `work` throws; nullopt if it throws none.
template <typename Work>
std::optional<ErrorCode> error_of(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.error_code();
  }
  return std::nullopt;
}

/// The message of the Error that `work` throws; empty if it throws none.
template <typename Work>
std::string message_of(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace vqi::testing
