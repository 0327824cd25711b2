// The last line of a batch: its counts, and the bytes of what is done.
#include "batch_summary.hpp"

#include <catch2/catch.hpp>

using vqi::tool::BatchSummary;
using vqi::tool::Outcome;

namespace {

Outcome outcome(int exit_code, std::uint64_t input_bytes, std::uint64_t output_bytes, bool skipped = false) {
  Outcome made;
  made.exit_code = exit_code;
  made.skipped = skipped;
  made.input_bytes = input_bytes;
  made.output_bytes = output_bytes;
  return made;
}

}  // namespace

TEST_CASE("outcomes are counted by kind, kinds without any are left out, and bytes count only what is done") {
  BatchSummary summary;
  CHECK(summary.line() == "vqi: 0 done\n");
  summary.add(outcome(0, 1000, 500));
  summary.add(outcome(0, 234, 67));
  CHECK(summary.line() == "vqi: 2 done; 1,234 -> 567 bytes\n");
  summary.add(outcome(3, 100, 0));
  summary.add(outcome(2, 100, 0));
  CHECK(summary.line() == "vqi: 2 done, 2 failed; 1,234 -> 567 bytes\n");
  summary.add(outcome(0, 100, 0, true));
  summary.add(outcome(130, 100, 0));
  CHECK(summary.line() == "vqi: 2 done, 2 failed, 1 skipped, 1 stopped; 1,234 -> 567 bytes\n");
}
