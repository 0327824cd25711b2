// A plug-in by which Qt 5 and 6 read .vqi files, and with them Gwenview and every program that opens images by Qt. It
// decodes by vqi.h; every byte of a file may be anything.
#include <QImage>
#include <QImageIOHandler>
#include <QImageIOPlugin>
#include <QSize>
#include <QVariant>
#include <array>
#include <cstddef>
#include <memory>

#include "limited_decoding.hpp"

namespace {

using vqi::desktop::limited_options;
using vqi::desktop::Options;
using vqi::desktop::Result;

constexpr std::array<char, 8> magic{'\x89', 'V', 'Q', 'I', '\r', '\n', '\x1a', '\n'};

bool has_magic(QIODevice& device) {
  std::array<char, magic.size()> start{};
  return device.peek(start.data(), start.size()) == static_cast<qint64>(start.size()) && start == magic;
}

/// Copies an image of any type to one of RGBA, 8 or 16 bits a sample.
template <typename Sample>
void copy_pixels(const vqi_image& image, Sample opaque, QImage& copy) {
  const bool is_grey = image.channels <= 2;
  const bool has_alpha = image.channels % 2 == 0;
  constexpr std::size_t colours = 3;
  for (std::size_t y = 0; y < image.height; ++y) {
    const auto* from =
        reinterpret_cast<const Sample*>(static_cast<const std::byte*>(image.samples) + y * image.stride_bytes);
    auto* to = reinterpret_cast<Sample*>(copy.scanLine(static_cast<int>(y)));
    for (std::size_t x = 0; x < image.width; ++x, from += image.channels) {
      for (std::size_t colour = 0; colour < colours; ++colour) *to++ = from[is_grey ? 0 : colour];
      *to++ = has_alpha ? from[image.channels - 1] : opaque;
    }
  }
}

QImage::Format format_of(const vqi_image& image) {
  const bool has_alpha = image.channels % 2 == 0;
  if (image.bit_depth == 16) return has_alpha ? QImage::Format_RGBA64 : QImage::Format_RGBX64;
  return has_alpha ? QImage::Format_RGBA8888 : QImage::Format_RGBX8888;
}

/// The image of a result; null if there is no memory for it.
QImage copied(const vqi_image& image) {
  QImage copy(static_cast<int>(image.width), static_cast<int>(image.height), format_of(image));
  if (copy.isNull()) return copy;
  constexpr quint16 opaque16 = 65535;
  constexpr quint8 opaque8 = 255;
  if (image.bit_depth == 16)
    copy_pixels<quint16>(image, opaque16, copy);
  else
    copy_pixels<quint8>(image, opaque8, copy);
  return copy;
}

class VqiHandler final : public QImageIOHandler {
 public:
  bool canRead() const override {
    if (device() == nullptr || !has_magic(*device())) return false;
    setFormat("vqi");
    return true;
  }

  bool read(QImage* image) override {
    const Options options = limited_options();
    if (!options || device() == nullptr) return false;
    const QByteArray bytes = device()->read(vqi::desktop::max_file_bytes);
    vqi_result* decoded = nullptr;
    vqi_image decoded_image{};
    if (vqi_decode(options.get(), bytes.constData(), static_cast<std::size_t>(bytes.size()), &decoded) != VQI_OK) {
      qWarning("vqi: %s", vqi_error_message());
      return false;
    }
    const Result result(decoded);
    if (vqi_result_image(decoded, &decoded_image) != VQI_OK) return false;
    *image = copied(decoded_image);
    return !image->isNull();
  }

  bool supportsOption(ImageOption option) const override { return option == Size; }

  QVariant option(ImageOption option) const override {
    constexpr qint64 header_bytes = 64;
    const Options options = limited_options();
    if (option != Size || !options || device() == nullptr) return {};
    const QByteArray header = device()->peek(header_bytes);
    vqi_image image{};
    if (vqi_stream_image(options.get(), header.constData(), static_cast<std::size_t>(header.size()), &image) != VQI_OK)
      return {};
    return QSize(static_cast<int>(image.width), static_cast<int>(image.height));
  }
};

}  // namespace

class VqiPlugin final : public QImageIOPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID "org.qt-project.Qt.QImageIOHandlerFactoryInterface" FILE "qt_image_plugin.json")

 public:
  Capabilities capabilities(QIODevice* device, const QByteArray& format) const override {
    if (format == "vqi") return CanRead;
    if (!format.isEmpty() || device == nullptr || !device->isReadable() || !has_magic(*device)) return {};
    return CanRead;
  }

  QImageIOHandler* create(QIODevice* device, const QByteArray& /*format*/) const override {
    auto handler = std::make_unique<VqiHandler>();
    handler->setDevice(device);
    handler->setFormat("vqi");
    return handler.release();
  }
};

#include "qt_image_plugin.moc"
