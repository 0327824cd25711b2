// Error: the one exception type of the library, with its code, class, message and byte offset.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "vqi/export.hpp"

namespace vqi {

/// What went wrong. The names are stable: tools print them (see `error_code_name`).
enum class ErrorCode {
  invalid_image = 1,    ///< argument: an ImageView that cannot be encoded
  invalid_option,       ///< argument: an option out of its range, or one that cannot apply
  output_exists,        ///< argument: a program's output that is there already and may not be replaced
  not_an_image,         ///< data: bytes that no image reader understands
  corrupt_image,        ///< data: an image file (PNG, JPEG ...) that is damaged
  truncated,            ///< data: a .vqi stream that ends too early
  bad_magic,            ///< data: not a .vqi stream
  unsupported_version,  ///< data: a format version or coding this release does not know
  reserved_set,         ///< data: reserved bits or bytes that are not zero
  corrupt_header,       ///< data: a header field out of its range
  corrupt_section,      ///< data: a section missing, repeated, unknown or of a wrong size
  corrupt_codebook,     ///< data: a codebook that breaks its rules
  corrupt_indices,      ///< data: an index strip that breaks its rules
  checksum_mismatch,    ///< data: a CRC-32C that does not fit its bytes
  trailing_bytes,       ///< data: bytes after the end of the stream
  limit_exceeded,       ///< limit: more pixels or memory than allowed
  io_failed,            ///< environment: the system refused to read, write or load
  target_unreachable,   ///< target: no K meets the target
  cancelled,            ///< cancelled: the progress callback said stop
  verification_failed,  ///< environment: what was encoded does not decode to what it should; EncodeOptions::verify
  corrupt_palette,      ///< data: a palette file that breaks the rules of its form
  codebook_needed,      ///< argument: a .vqi stream without its codebook, and none is given or another one
};

/// The six classes of errors; command-line tools map each to one exit code.
enum class ErrorClass { argument, data, limit, environment, target, cancelled };

/// The limit that an Error{limit_exceeded} is about, so that a program can say how to raise it.
enum class Limit {
  pixels,  ///< DecodeLimits::max_pixels
  side,    ///< DecodeLimits::max_side_px
  memory,  ///< RunOptions::max_memory_bytes
};

/// The class that `code` belongs to.
[[nodiscard]] VQI_API ErrorClass error_class(ErrorCode code) noexcept;

/// The stable snake_case name of `code`, such as "checksum_mismatch".
[[nodiscard]] VQI_API std::string_view error_code_name(ErrorCode code) noexcept;

/// The category of `make_error_code`; its name is "vqi".
[[nodiscard]] VQI_API const std::error_category& error_category() noexcept;

/// A std::error_code of error_category().
[[nodiscard]] VQI_API std::error_code make_error_code(ErrorCode code) noexcept;

/// Thrown by every public function that fails. `what()` is one line without the file's name: what
/// is wrong, where, and what to do. It does not say how a limit is raised: `limit()` names the limit. Copying throws
/// nothing.
class VQI_API Error final : public std::system_error {
 public:
  /// `offset` is the byte offset in the input at which the fault was noticed, where there is one.
  Error(ErrorCode code, std::string message, std::optional<std::uint64_t> offset = std::nullopt);
  /// Error{limit_exceeded} of one of the caller's own limits.
  Error(Limit limit, std::string message);

  [[nodiscard]] const char* what() const noexcept override;                                  ///< the message
  [[nodiscard]] ErrorCode error_code() const noexcept { return code_; }                      ///< what went wrong
  [[nodiscard]] ErrorClass error_class() const noexcept { return vqi::error_class(code_); }  ///< its class
  /// The byte of the input at which the fault was noticed, where there is one.
  [[nodiscard]] std::optional<std::uint64_t> offset() const noexcept { return offset_; }
  /// The limit that was passed, where the caller set it.
  [[nodiscard]] std::optional<Limit> limit() const noexcept { return limit_; }

 private:
  ErrorCode code_;
  std::shared_ptr<const std::string> message_;
  std::optional<std::uint64_t> offset_;
  std::optional<Limit> limit_;
};

}  // namespace vqi

template <>
struct std::is_error_code_enum<vqi::ErrorCode> : std::true_type {};
