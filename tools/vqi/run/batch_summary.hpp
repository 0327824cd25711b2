// BatchSummary: counts the outcomes of a batch and words the last line about it.
#pragma once

#include <cstdint>
#include <string>

#include "batch.hpp"

namespace vqi::tool {

class BatchSummary {
 public:
  void add(const Outcome& outcome);
  /// "vqi: 7 done, 1 failed, 1 skipped; 1,234 -> 567 bytes" and a newline. Bytes are counted for inputs that are done.
  [[nodiscard]] std::string line() const;

 private:
  std::uint64_t done_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t stopped_ = 0;  ///< by a signal
  std::uint64_t input_bytes_ = 0;
  std::uint64_t output_bytes_ = 0;
};

}  // namespace vqi::tool
