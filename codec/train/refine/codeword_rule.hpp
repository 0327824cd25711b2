// CodewordRule: what codewords may be, and which vectors may take them, where not every multiple of 2^-F will do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "codeword_table.hpp"

namespace vqi::detail {

/// A search under a rule (split_merge) finds codewords that obey it.
class CodewordRule {
 public:
  CodewordRule() = default;
  CodewordRule(const CodewordRule&) = delete;
  CodewordRule& operator=(const CodewordRule&) = delete;
  virtual ~CodewordRule() = default;

  /// Moves `codeword` to the nearest place where it may be. It comes from the codeword `from`, and stays of its kind.
  virtual void place(std::span<const std::int32_t> from, std::span<std::int32_t> codeword) const = 0;
  /// Gives vectors that may not have their nearest codeword another one.
  virtual void obey(const FixedCodewords& codewords, std::span<std::uint16_t> indices) const = 0;
  /// False if codeword k must stay what it is.
  [[nodiscard]] virtual bool may_remove(const FixedCodewords& codewords, std::size_t k) const = 0;
};

}  // namespace vqi::detail
