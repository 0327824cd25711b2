// The lists of sweep, and the rows that they make.
#include <algorithm>
#include <array>
#include <utility>

#include "option_table.hpp"
#include "parse_names.hpp"
#include "vqi/option_values.hpp"

namespace vqi {
namespace detail {
namespace {

constexpr Commands sweep = bit_of(Command::sweep);
constexpr std::uint64_t lambda_max = 10'000'000'000;  // EncodeOptions::lambda

/// The different values of a list, in its order; `parse` makes one of each part.
template <typename Value, typename Parse>
void take_list(std::string_view name, const std::string& text, std::vector<Value>& values, const Parse& parse) {
  std::vector<Value> taken;
  for (const std::string& part : split_list(name, text)) {
    const Value value = parse(part);
    if (std::find(taken.begin(), taken.end(), value) == taken.end()) taken.push_back(value);
  }
  values = std::move(taken);
}

constexpr std::array entries{
    OptionEntry{"-k", sweep, false,
                [](Settings& s, const std::string& text) { s.sweep.k = parse_integer_list("-k", text, 1, 65536); }},
    OptionEntry{"--block", sweep, false,
                [](Settings& s, const std::string& text) {
                  take_list("--block", text, s.sweep.blocks,
                            [](const std::string& part) { return parse_block("--block", part); });
                }},
    OptionEntry{
        "--method", sweep, false,
        [](Settings& s, const std::string& text) { take_list("--method", text, s.sweep.methods, parse_method); }},
    OptionEntry{"--lambda", sweep, false,
                [](Settings& s, const std::string& text) {
                  take_list("--lambda", text, s.sweep.lambdas,
                            [](const std::string& part) { return parse_up_to("--lambda", part, lambda_max); });
                }},
    OptionEntry{"--covariance", sweep, false,
                [](Settings& s, const std::string& text) {
                  take_list("--covariance", text, s.sweep.covariances, parse_covariance);
                }},
    OptionEntry{"--effort", sweep, false,
                [](Settings& s, const std::string& text) {
                  take_list("--effort", text, s.sweep.efforts, [](const std::string& part) {
                    return static_cast<std::uint32_t>(parse_integer("--effort", part, 1, 9));
                  });
                }},
    OptionEntry{
        "--seeding", sweep, false,
        [](Settings& s, const std::string& text) { take_list("--seeding", text, s.sweep.seedings, parse_seeding); }},
    OptionEntry{
        "--coding", sweep, false,
        [](Settings& s, const std::string& text) { take_list("--coding", text, s.sweep.codings, parse_coding); }},
};

}  // namespace

std::span<const OptionEntry> sweep_table() { return entries; }

}  // namespace detail

std::vector<EncodeOptions> sweep_rows(const Settings& settings) {
  const SweepLists& lists = settings.sweep;
  std::vector<EncodeOptions> rows{settings.encode};
  // Each list multiplies the rows; `set` returns false where its value means nothing to the row, which is then kept
  // once.
  const auto vary = [&rows](const auto& values, auto set) {
    std::vector<EncodeOptions> varied;
    for (const EncodeOptions& row : rows)
      for (const auto& value : values) {
        EncodeOptions changed = row;
        const bool applies = set(changed, value);
        varied.push_back(applies ? changed : row);
        if (!applies) break;
      }
    if (!values.empty()) rows = std::move(varied);
  };
  vary(lists.blocks, [](EncodeOptions& row, const BlockSize& block) {
    row.block_width_px = block.width_px;
    row.block_height_px = block.height_px;
    return true;
  });
  vary(lists.methods, [](EncodeOptions& row, Method method) {
    row.method = method;
    return true;
  });
  vary(lists.lambdas, [](EncodeOptions& row, double lambda) {
    row.lambda = lambda;
    return row.method == Method::ecvq;
  });
  vary(lists.covariances, [](EncodeOptions& row, Covariance covariance) {
    row.covariance = covariance;
    return row.method == Method::em;
  });
  vary(lists.efforts, [](EncodeOptions& row, std::uint32_t effort) {
    row.effort = effort;
    return true;
  });
  const bool anneals_only = lists.methods == std::vector{Method::anneal};
  vary(lists.seedings, [anneals_only](EncodeOptions& row, Seeding seeding) {
    row.seeding = seeding;
    return row.method != Method::anneal || anneals_only;  // alone it is refused, as compress refuses it
  });
  vary(lists.codings, [](EncodeOptions& row, Coding coding) {
    row.coding = coding;
    return true;
  });
  vary(lists.k, [](EncodeOptions& row, std::uint32_t k) {
    row.k = k;
    return true;
  });
  return rows;
}

}  // namespace vqi
