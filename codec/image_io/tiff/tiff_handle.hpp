// TiffHandle: a TIFF structure of libtiff over a file, whose messages are kept and never printed.
#pragma once

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "file_bytes.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {

/// A byte that libtiff is to see in place of the one in the file.
struct TiffPatch {
  std::uint64_t offset = 0;
  std::byte value{};
};

/// Something that libtiff said.
struct TiffMessage {
  bool is_error = false;
  std::string module;  ///< the function of libtiff that said it
  std::string text;    ///< one line of printable letters
};

/// What libtiff says about one file.
class TiffMessages {
 public:
  void add(bool is_error, const char* module, const char* format, va_list arguments) noexcept;
  [[nodiscard]] const std::vector<TiffMessage>& all() const noexcept { return messages_; }
  /// The text of the last error, or else of the last warning, or else `otherwise`.
  [[nodiscard]] std::string reason(const std::string& otherwise) const;
  /// Throws Error{limit_exceeded} if libtiff was refused memory.
  void throw_if_over_limit() const;
  void clear() noexcept { messages_.clear(); }

 private:
  std::vector<TiffMessage> messages_;
};

/// What libtiff reads from or writes to.
struct TiffStream;

/// Owns a TIFF structure. Used by one thread at a time; two handles may be used by two.
class TiffHandle {
 public:
  /// Opens a file for reading without reading a directory. Borrows `file`; `patches` are sorted by offset.
  /// `max_block_bytes` is the most that libtiff may allocate at once, above what it needs for any file. Throws
  /// Error{corrupt_image}.
  TiffHandle(const FileBytes& file, std::vector<TiffPatch> patches, std::uint64_t max_block_bytes);
  /// Opens a file for writing, of at most `max_bytes`; `is_big` makes it a BigTIFF.
  TiffHandle(std::uint64_t max_bytes, bool is_big);
  /// Opens a file for writing to `sink`, which is borrowed.
  TiffHandle(const ByteSink& sink, bool is_big);
  TiffHandle(const TiffHandle&) = delete;
  TiffHandle& operator=(const TiffHandle&) = delete;
  ~TiffHandle();

  [[nodiscard]] TIFF* get() const noexcept { return tiff_; }
  [[nodiscard]] TiffMessages& messages() noexcept { return *messages_; }

  /// Runs `call`, which uses `get()`, with the messages of libtiff going to `messages()`. Throws what the file or the
  /// sink throws.
  template <typename Call>
  auto run(const Call& call) {
    const Listening listening(*messages_);
    try {
      if constexpr (std::is_void_v<decltype(call(tiff_))>) {
        call(tiff_);
        throw_kept_failure();
      } else {
        auto result = call(tiff_);
        throw_kept_failure();
        return result;
      }
    } catch (const Error&) {  // may have come of what could not be read
      throw_kept_failure();
      throw;
    }
  }

  /// Ends writing; the bytes of the file. Throws Error{limit_exceeded} if they were more than allowed, and
  /// Error{invalid_image}.
  [[nodiscard]] std::vector<std::byte> finish_writing();
  /// As `finish_writing`, for a file that went to a sink; how many bytes it has.
  [[nodiscard]] std::uint64_t finish_file();
  /// Throws as `finish_writing`, for a call of libtiff that failed while writing.
  [[noreturn]] void throw_write_failure() const;

 private:
  /// Where libtiff has no handlers for each file, sends what it says on this thread to the messages.
  class Listening {
   public:
    explicit Listening(TiffMessages& messages) noexcept;
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening();

   private:
    TiffMessages* before_ = nullptr;
  };

  /// Throws what the file or the sink threw, if it did.
  void throw_kept_failure();
  void finish();
  void open(const char* mode, std::uint64_t max_block_bytes);

  std::unique_ptr<TiffMessages> messages_;
  std::unique_ptr<TiffStream> stream_;
  TIFF* tiff_ = nullptr;
};

}  // namespace vqi::detail
