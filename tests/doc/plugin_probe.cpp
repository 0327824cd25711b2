// A plug-in of somebody's: uses encoder, decoder and clustering of the static library, and exports one function of its
// own. Compiled as such plug-ins are, with everything visible.
#include <cstddef>
#include <span>
#include <vector>
#include <vqi/vqi.hpp>

extern "C" std::size_t plugin_entry() {
  try {
    vqi::Image image(16, 16, 3, 8);
    for (std::byte& sample : image.samples()) sample = std::byte{1};
    const vqi::Encoded encoded = vqi::encode(image);
    const std::vector<double> values{1, 2, 8, 9};
    const vqi::cluster::KmeansResult clusters = vqi::cluster::kmeans({values, 1}, {.k = 2});
    return vqi::decode(encoded.bytes).size_bytes() + clusters.means.size();
  } catch (const vqi::Error&) {
    return 0;
  }
}
