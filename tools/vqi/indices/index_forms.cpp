// A table of the forms, and what cannot go together.
#include "index_forms.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "find_inputs.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

namespace fs = std::filesystem;

struct FormEntry {
  IndexForm form;
  std::string_view name;
  std::string_view end;         // of default names
  std::string_view extensions;  // of this form, each with a blank after it
  bool named_by_extension;      // the others are those of images
};

// In the order of the enumerators. Names of pictures end so that they do not meet the picture that was compressed.
constexpr std::array form_table{FormEntry{IndexForm::c, "c", ".h", ".h .c ", true},
                                FormEntry{IndexForm::raw, "raw", ".bin", ".bin ", true},
                                FormEntry{IndexForm::npy, "npy", ".npy", ".npy ", true},
                                FormEntry{IndexForm::pgm, "pgm", ".indices.pgm", ".pgm ", false},
                                FormEntry{IndexForm::csv, "csv", ".csv", ".csv ", true},
                                FormEntry{IndexForm::sheet, "sheet", ".tiles.png", ".png ", false},
                                FormEntry{IndexForm::tmx, "tmx", ".tmx", ".tmx ", true}};

const FormEntry& entry_of(IndexForm form) noexcept { return form_table[static_cast<std::size_t>(form)]; }

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

bool has_extension(const FormEntry& entry, const std::string& extension) {
  return !extension.empty() && entry.extensions.find(extension + " ") != std::string_view::npos;
}

bool packs_indices(IndexForm form) { return form == IndexForm::c || form == IndexForm::raw; }

}  // namespace

std::string_view index_form_name(IndexForm form) noexcept { return entry_of(form).name; }

IndexForm parse_index_form(const std::string& text) {
  std::string names;
  for (const FormEntry& entry : form_table) {
    if (entry.name == text) return entry.form;
    if (!names.empty()) names += entry.form == form_table.back().form ? " or " : ", ";
    names += entry.name;
  }
  refuse("--to \"" + text + "\" is no form of index maps, give " + names +
         "; the extension of -o chooses the format of images");
}

BitOrder parse_bit_order(const std::string& text) {
  if (text == "msb") return BitOrder::msb_first;
  if (text == "lsb") return BitOrder::lsb_first;
  refuse("--bit-order \"" + text + "\" is unknown, give msb or lsb");
}

std::uint32_t parse_index_bits(const std::string& text) {
  for (const std::uint32_t bits : {1U, 2U, 4U, 8U})
    if (text == std::to_string(bits)) return bits;
  refuse("--index-bits \"" + text + "\" cannot be, give 1, 2, 4 or 8");
}

std::optional<IndexForm> index_form_of_file(const std::string& name) {
  const std::string extension = lower_extension(name);
  for (const FormEntry& entry : form_table)
    if (entry.named_by_extension && has_extension(entry, extension)) return entry.form;
  return std::nullopt;
}

std::string index_file_name(const std::string& file_name, IndexForm form) {
  fs::path name(file_name);
  if (is_stream_name(file_name)) name.replace_extension();
  return name.string() + std::string(entry_of(form).end);
}

std::string tile_sheet_name(const std::string& output) {
  fs::path name(output);
  if (lower_extension(output) == ".tmx") name.replace_extension();
  return name.string() + ".tiles.png";
}

void check_index_choice(const IndexChoice& choice, const std::optional<std::string>& output) {
  if (!choice.form || !packs_indices(*choice.form))
    for (const auto& [given, option] : {std::pair{choice.pixels.has_value(), "--palette-format"},
                                        std::pair{choice.bit_order.has_value(), "--bit-order"},
                                        std::pair{choice.index_bits.has_value(), "--index-bits"}})
      if (given) refuse(std::string(option) + " is for C arrays and raw bytes, give --to c or --to raw");
  if (!choice.form || !output) return;
  const std::string extension = lower_extension(*output);
  if (has_extension(entry_of(*choice.form), extension)) return;
  const bool is_other = std::any_of(form_table.begin(), form_table.end(),
                                    [&](const FormEntry& entry) { return has_extension(entry, extension); });
  if (is_other || is_any_image_name(*output) || is_stream_name(*output)) {
    const std::string fitting(entry_of(*choice.form).extensions.substr(0, entry_of(*choice.form).extensions.find(' ')));
    refuse("-o " + *output + " has the extension of another format than --to " +
           std::string(index_form_name(*choice.form)) + " writes, name it " + fitting);
  }
}

void check_form_holds(const IndexChoice& choice, const StreamInfo& info) {
  if (!packs_indices(*choice.form)) return;
  const std::string form(index_form_name(*choice.form));
  const std::string codewords = std::to_string(info.k) + " codewords";
  if (info.bit_depth != 8)
    refuse("the form " + form + " holds 8 bits a sample and the file has 16, use --to npy for its indices and --to " +
           "sheet for its colours");
  constexpr std::uint32_t packed_k_max = 256;
  if (*choice.form == IndexForm::raw && info.k > packed_k_max)
    refuse("the form raw holds indices of up to 8 bits and the file has " + codewords + ", use --to c or --to npy");
  if (choice.index_bits && *choice.index_bits < fewest_index_bits(info.k))
    refuse("--index-bits " + std::to_string(*choice.index_bits) + " cannot hold the indices of " + codewords +
           ", leave it out");
}

}  // namespace vqi::tool
