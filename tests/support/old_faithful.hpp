// The Old Faithful data: for each of 272 eruptions its minutes and the minutes until the next one. Needs the macro
// VQI_SAMPLE_DATA_DIR.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "vqi/cluster.hpp"

namespace vqi::test {
using namespace detail;

inline cluster::Points old_faithful() {
  std::ifstream file(VQI_SAMPLE_DATA_DIR "/faithful.csv");
  std::string line;
  std::getline(file, line);
  std::vector<double> values;
  while (std::getline(file, line)) {
    const std::size_t comma = line.find(',');
    values.push_back(std::stod(line.substr(0, comma)));
    values.push_back(std::stod(line.substr(comma + 1)));
  }
  if (values.size() != 2 * 272) throw std::runtime_error("faithful.csv is not what it was");
  return {values, 2};
}

}  // namespace vqi::test
