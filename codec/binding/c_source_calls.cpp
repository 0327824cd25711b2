// The calls of vqi.h on streams that are read in pieces by a callback.
#include "handles.hpp"
#include "vqi/report_json.hpp"
#include "vqi/streaming.hpp"

namespace {

using vqi::Command;
using vqi::binding::image_of;
using vqi::binding::making;
using vqi::binding::need;
using vqi::binding::options_for;
using vqi::binding::progress_of;

vqi::ByteSource source_of(const vqi_options& options, vqi_read_callback read, void* user, std::uint64_t size) {
  need(read != nullptr, "the callback that reads is null");
  return {size,
          [read, user](std::uint64_t offset, std::span<std::byte> bytes) {
            if (read(user, offset, bytes.data(), bytes.size()) != 0)
              throw vqi::Error(vqi::ErrorCode::io_failed, "cannot read " + std::to_string(bytes.size()) +
                                                              " bytes of the stream from byte " +
                                                              std::to_string(offset) + " on");
          },
          options.codebook};
}

}  // namespace

vqi_status vqi_read_region(const vqi_options* options, vqi_read_callback read, void* user, uint64_t size, uint32_t x,
                           uint32_t y, uint32_t width, uint32_t height, vqi_result** result) {
  return making(result, [&](vqi_result& made) {
    const vqi_options asked = options_for(Command::decompress, options);
    vqi::DecodedRegion region = vqi::decode_region(source_of(asked, read, user, size), x, y, width, height,
                                                   asked.settings.limits, asked.settings.run(progress_of(asked)));
    made.image = std::move(region.image);
    made.json = vqi::decompress_json(region.source);
  });
}

vqi_status vqi_read_rows(const vqi_options* options, vqi_read_callback read, void* user, uint64_t size,
                         vqi_rows_callback callback, void* rows_user, vqi_result** result) {
  vqi_result* made_here = nullptr;
  const vqi_status status = making(&made_here, [&](vqi_result& made) {
    need(callback != nullptr, "the callback is null");
    const vqi_options asked = options_for(Command::decompress, options);
    const vqi::RowSink sink{{}, [&](std::uint32_t first_row, const vqi::ImageView& rows) {
                              const vqi_image image = image_of(rows);
                              if (callback(rows_user, first_row, &image) != 0)
                                throw vqi::Error(vqi::ErrorCode::cancelled, "cancelled while decoding");
                            }};
    made.json = vqi::decompress_json(vqi::decode_stream(source_of(asked, read, user, size), sink, asked.settings.limits,
                                                        asked.settings.run(progress_of(asked))));
  });
  if (result != nullptr)
    *result = made_here;
  else
    vqi_result_free(made_here);
  return status;
}
