// Replaces the file that it wrote before.
#include "growing_file.hpp"

#include <span>

namespace vqi::tool {
namespace {

OutputRules to_the_end(OutputRules rules, bool replace) {
  rules.replace = rules.replace || replace;
  rules.keep_on_stop = true;
  return rules;
}

}  // namespace

GrowingFile::GrowingFile(const std::string& name, const OutputRules& rules)
    : first_(name, to_the_end(rules, false)), later_(name, to_the_end(rules, true)) {}

void GrowingFile::update(const std::function<std::string()>& text) {
  constexpr int share = 10;        // of the time between two writes, what a write may take
  if (first_.is_stream()) return;  // a device or pipe takes its bytes once
  const auto begin = std::chrono::steady_clock::now();
  if (begin < next_) return;
  put(text());
  const auto end = std::chrono::steady_clock::now();
  next_ = end + share * (end - begin);
}

void GrowingFile::finish(const std::string& text) { put(text); }

void GrowingFile::put(const std::string& text) {
  (written_ ? later_ : first_).write(std::as_bytes(std::span(text)));
  written_ = true;
}

}  // namespace vqi::tool
