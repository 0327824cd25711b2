// One job for each image; statistics are added to by one job at a time.
#include "gather_images.hpp"

#include <mutex>
#include <utility>

#include "image_input.hpp"
#include "read_input.hpp"

namespace vqi::tool {
namespace {

/// Reads an image of the batch. Warnings go to the outcome.
Image read_one(const InputFile& input, const CommonOptions& common, const JobContext& context, Outcome& outcome) {
  if (input.fault) throw Error(*input.fault);
  check_input(input.name);
  const std::vector<std::byte> file = read_input(input.name, common.max_memory_bytes, check_image_start);
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_image(file));
  ReadImage read = decode_image_input(file, common, context);
  outcome.err = warning_lines(input.name, read.warnings, common);
  return std::move(read.image);
}

}  // namespace

int gather_images(const std::vector<InputFile>& inputs, const CommonOptions& common, Console& console,
                  Statistics& statistics) {
  std::mutex mutex;
  return run_batch(names_of(inputs), common.batch(), console, [&](std::size_t index, const JobContext& context) {
    Outcome outcome;
    const Image image = read_one(inputs[index], common, context, outcome);
    const std::lock_guard lock(mutex);
    statistics.add(image, common.run(context));
    return outcome;
  });
}

}  // namespace vqi::tool
