// Weighs inputs by file size.
#include "batch_progress.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace vqi::tool {

BatchProgress::BatchProgress(const std::vector<std::string>& inputs) : done_(inputs.size()) {
  constexpr double least_bytes = 1000;  // what an input costs that has no bytes, or is no file
  weights_.reserve(inputs.size());
  for (const std::string& name : inputs) {
    std::error_code fault;
    const std::uintmax_t bytes = std::filesystem::file_size(name, fault);
    weights_.push_back(least_bytes + (fault ? 0 : static_cast<double>(bytes)));
    total_weight_ += weights_.back();
  }
}

double BatchProgress::note(std::size_t index, double fraction) {
  const std::lock_guard lock(mutex_);
  done_[index] = std::max(done_[index], std::clamp(fraction, 0.0, 1.0));
  double done = 0;
  for (std::size_t i = 0; i < done_.size(); ++i) done += weights_[i] * done_[i];
  return std::min(1.0, done / total_weight_);
}

}  // namespace vqi::tool
