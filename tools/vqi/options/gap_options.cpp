// Declares the options of the gap statistic.
#include "gap_options.hpp"

namespace vqi::tool {

void add_gap_options(CommandLine& line, Settings& settings) {
  line.add_setting("--gap-max-k", settings, "N", "Try K from 1 to N, 1..256. Default 32");
  line.add_setting("--gap-references", settings, "B", "Number of reference sets, 1..1000. Default 20");
  line.add_setting("--gap-box", settings, "NAME",
                   "Where the points of reference sets lie: uniform, in\nthe ranges of the samples; or principal, in a "
                   "box along\n"
                   "their principal axes. Default principal");
  line.add_setting("--gap-rule", settings, "NAME",
                   "How the gaps choose K: Tibs2001SEmax, firstSEmax,\nglobalSEmax, firstmax or globalmax. Default\n"
                   "Tibs2001SEmax, the one-standard-error rule");
}

}  // namespace vqi::tool
