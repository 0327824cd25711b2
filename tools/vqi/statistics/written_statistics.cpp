// The last job of the commands that gather statistics.
#include "written_statistics.hpp"

#include <utility>

namespace vqi::tool {

int write_and_report(const Statistics& statistics, const OutputTarget& target, const CommonOptions& common,
                     Console& console, Stopwatch& watch, StatisticsResult result) {
  return run_batch({target.name()}, common.batch(), console, [&](std::size_t, const JobContext& context) {
    result.output = target.name();
    result.threads = context.threads();
    result.read_seconds = watch.lap_seconds();
    describe(statistics, result);
    const std::vector<std::byte> bytes = write_statistics(statistics);
    context.stop_if_asked("writing");
    result.output_bytes = bytes.size();
    target.write(bytes);
    result.write_seconds = watch.lap_seconds();
    result.total_seconds = watch.total_seconds();
    return report_outcome(common, target.name(), text_report(result), json_line(result));
  });
}

}  // namespace vqi::tool
