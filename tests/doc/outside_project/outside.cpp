// A program outside the tree: encodes an image of two colours with the installed library, decodes it and compares.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <vqi/vqi.hpp>

int main() {
  vqi::Image image(40, 30, 3, 8);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{200});
  std::fill_n(image.row(7), image.row_bytes(), std::byte{10});

  const vqi::Encoded encoded = vqi::encode(image);
  const vqi::Image decoded = vqi::decode(encoded.bytes);
  std::printf("%zu bytes to %zu\n", image.size_bytes(), encoded.bytes.size());
  const bool equal =
      std::equal(image.samples().begin(), image.samples().end(), decoded.samples().begin(), decoded.samples().end());
  return equal && encoded.bytes.size() < image.size_bytes() ? 0 : 1;
}
