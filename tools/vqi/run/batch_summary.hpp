// Counts the outcomes of a batch for its last line.
#pragma once

#include <cstdint>
#include <string>

#include "batch.hpp"

namespace vqi::tool {

class BatchSummary {
 public:
  void add(const Outcome& outcome);
  /// "vqi: 7 done, 1 failed, 1 skipped; 1,234 -> 567 bytes" and a line's end; the bytes are those of
  /// the files of what is done.
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
