// What C++20 has and libc++ before version 16 lacks, of what vqi uses. The build includes this file before all others
// where the standard library is such a libc++, as that of emscripten 3.1.6; it adds names to namespace std, which a
// standard library alone may do, so no other build sees it.
#pragma once

#include <version>

#if defined(_LIBCPP_VERSION) && !defined(__cpp_lib_bit_cast)
#include <cstddef>
#include <type_traits>

namespace std {
template <class To, class From>
[[nodiscard]] constexpr To bit_cast(const From& from) noexcept {
  static_assert(sizeof(To) == sizeof(From) && is_trivially_copyable_v<To> && is_trivially_copyable_v<From>);
  return __builtin_bit_cast(To, from);
}
}  // namespace std
#endif

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 16000
#include <memory>

namespace std {
/// For arrays, the one form that vqi uses.
template <class Array>
[[nodiscard]] unique_ptr<Array> make_unique_for_overwrite(size_t count) {
  static_assert(is_array_v<Array> && extent_v<Array> == 0);
  return unique_ptr<Array>(new remove_extent_t<Array>[count]);
}
}  // namespace std
#endif

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace std {
/// Of decimal numbers without an exponent, as chars_format::fixed has them. In the "C" locale, the only one that such
/// systems have.
inline from_chars_result from_chars(const char* first, const char* last, double& value, chars_format /*fixed*/) {
  const string_view all(first, static_cast<size_t>(last - first));
  const size_t sign = all.substr(0, 1) == "-" ? 1 : 0;
  // strtod itself ends at a second point; exponents, hexadecimal digits, blanks and names it must not see.
  const string digits(all.substr(0, all.find_first_not_of("0123456789.", sign)));
  char* stop = nullptr;
  const double read = strtod(digits.c_str(), &stop);
  const auto used = stop - digits.c_str();
  if (used == 0) return {first, errc::invalid_argument};
  if (isinf(read)) return {first + used, errc::result_out_of_range};
  value = read;
  return {first + used, errc{}};
}
}  // namespace std
#endif
