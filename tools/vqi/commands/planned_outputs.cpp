// Words clashes, and turns the error of an existing output into a report.
#include "planned_outputs.hpp"

#include "failure.hpp"
#include "json_report.hpp"
#include "text_report.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

int refuse_clashes(const std::vector<Failure>& clashes, const CommonOptions& options, Console& console) {
  for (const Failure& clash : clashes) {
    console.print_error(failure_line(clash));
    if (options.json) console.print(json_line(clash));
  }
  return exit_usage;
}

Outcome skipping_existing(const char* command, const InputFile& input, const std::string& output,
                          const OutputChoice& choice, const CommonOptions& options, const BatchLayout& layout,
                          const std::function<Outcome()>& job) {
  try {
    return job();
  } catch (const Error& error) {
    if (!choice.skip_existing || error.error_code() != ErrorCode::output_exists) throw;
  }
  const SkippedResult result{command, input.name, output};
  Outcome outcome = report_outcome(options, output, layout.one_line ? batch_line(result, layout) : text_report(result),
                                   json_line(result));
  outcome.skipped = true;
  return outcome;
}

}  // namespace vqi::tool
