// By signatures; a web page may begin with a byte order mark and white space.
#include "foreign_file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace vqi::tool {
namespace {

using namespace std::string_view_literals;

struct KnownStart {
  std::string_view bytes;
  const char* what;
  const char* advice;
};

constexpr const char* unpack = "unpack it first";
constexpr const char* changed = "was changed on its way, as text is";
constexpr const char* send_again = "get a fresh copy of it, sent as binary data";

constexpr std::array known_starts{
    KnownStart{"\x89VQB\r\n\x1A\n"sv, "is a codebook",
               "give it to --codebook, or look at its colours with \"vqi palette\""},
    KnownStart{"\x89VQS\r\n\x1A\n"sv, "holds statistics of images", "give it to \"vqi train\" or \"vqi merge\""},
    KnownStart{"\x1F\x8B"sv, "is a gzip archive", unpack},
    KnownStart{"PK\x03\x04"sv, "is a ZIP archive", unpack},
    KnownStart{"\xFD"
               "7zXZ\0"sv,
               "is an xz archive", unpack},
    KnownStart{"\x28\xB5\x2F\xFD"sv, "is a zstd archive", unpack},
    KnownStart{"BZh"sv, "is a bzip2 archive", unpack},
    KnownStart{"7z\xBC\xAF\x27\x1C"sv, "is a 7-Zip archive", unpack},
    KnownStart{"Rar!\x1A\x07"sv, "is a RAR archive", unpack},
    // .vqi files and PNGs begin with 89, three letters and two kinds of line ends, so that these show: line ends that
    // were converted, bytes of 7 bits, and bytes taken for characters and written as UTF-8 or by a question mark.
    KnownStart{"\x89VQI"sv, changed, send_again},
    KnownStart{"\x09VQI"sv, changed, send_again},
    KnownStart{"\xC2\x89VQI"sv, changed, send_again},
    KnownStart{"\xEF\xBF\xBDVQI"sv, changed, send_again},
    KnownStart{"?VQI"sv, changed, send_again},
    KnownStart{"\x89PNG\n"sv, changed, send_again},
    KnownStart{"\x89PNG\r\r"sv, changed, send_again},
    KnownStart{"\x89PNG\r\n\x1A\r"sv, changed, send_again},
    KnownStart{"\x09PNG"sv, changed, send_again},
    KnownStart{"\xC2\x89PNG"sv, changed, send_again},
    KnownStart{"\xEF\xBF\xBDPNG"sv, changed, send_again},
    KnownStart{"?PNG"sv, changed, send_again},
};

bool is_web_page(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF"sv) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const auto begins_with = [&](std::string_view letters) {
    return text.size() >= letters.size() &&
           std::equal(letters.begin(), letters.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
  };
  return begins_with("<!doctype html") || begins_with("<html");
}

}  // namespace

ForeignFile foreign_file(std::span<const std::byte> start) {
  const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
  for (const KnownStart& known : known_starts)
    if (text.substr(0, known.bytes.size()) == known.bytes) return {known.what, known.advice};
  if (is_web_page(text)) return {"is a web page", "get the file itself that it shows or links to"};
  return {};
}

}  // namespace vqi::tool
