// Replaces imagequant_peer.cpp if libimagequant is not installed.
#include <stdexcept>

#include "imagequant_peer.hpp"

namespace vqi::bench {

bool ImagequantPeer::available() { return false; }

std::string ImagequantPeer::version() { return "none"; }

void ImagequantPeer::set_threads(std::uint32_t) {}

ImagequantPeer::ImagequantPeer(const Image&) {}

Elapsed ImagequantPeer::run(std::uint32_t, int, PaletteImage&) const {
  throw std::logic_error("vqi_bench was built without libimagequant");
}

}  // namespace vqi::bench
