// Sorts outcomes by exit code.
#include "batch_summary.hpp"

#include "plain_text.hpp"

namespace vqi::tool {

void BatchSummary::add(const Outcome& outcome) {
  if (outcome.exit_code > exit_signal_base) {
    ++stopped_;
  } else if (outcome.exit_code != exit_done) {
    ++failed_;
  } else if (outcome.skipped) {
    ++skipped_;
  } else {
    ++done_;
    input_bytes_ += outcome.input_bytes;
    output_bytes_ += outcome.output_bytes;
  }
}

std::string BatchSummary::line() const {
  std::string text = "vqi: " + grouped(done_) + " done";
  if (failed_ != 0) text += ", " + grouped(failed_) + " failed";
  if (skipped_ != 0) text += ", " + grouped(skipped_) + " skipped";
  if (stopped_ != 0) text += ", " + grouped(stopped_) + " stopped";
  if (done_ != 0) text += "; " + grouped(input_bytes_) + " -> " + grouped(output_bytes_) + " bytes";
  return text + "\n";
}

}  // namespace vqi::tool
