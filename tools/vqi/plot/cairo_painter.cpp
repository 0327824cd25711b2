// The cairo plug-in: paints drawings on cairo's surfaces.
#include <cairo-svg.h>
#include <cairo.h>

#include <cmath>
#include <memory>
#include <new>
#include <numbers>
#include <string>

#include "cairo_door.hpp"

namespace vqi::tool {
namespace {

constexpr double png_pixels_per_point = 2;  // sharp on dense screens and in print at the usual sizes
// Debian's default sans serif. If it is missing, fontconfig takes the nearest font; without any font, cairo uses its
// built-in letters.
constexpr const char* font_family = "DejaVu Sans";

struct Release {
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const noexcept { cairo_destroy(context); }
  void operator()(cairo_font_options_t* options) const noexcept { cairo_font_options_destroy(options); }
};
using Surface = std::unique_ptr<cairo_surface_t, Release>;
using Context = std::unique_ptr<cairo_t, Release>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release>;

/// An error of cairo, caught before it leaves the plug-in.
struct Fault {
  cairo_status_t status;
};

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) throw Fault{status};
}

Context context_on(const Surface& surface) {
  check(cairo_surface_status(surface.get()));
  Context context(cairo_create(surface.get()));
  // Unhinted letters have the same widths on every surface and at every scale.
  const FontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(context.get(), options.get());
  cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
  return context;
}

void set_colour(cairo_t* context, const Colour& colour) {
  cairo_set_source_rgb(context, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

void set_font(cairo_t* context, double size, bool bold) {
  cairo_select_font_face(context, font_family, CAIRO_FONT_SLANT_NORMAL,
                         bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(context, size);
}

double text_width(cairo_t* context, const std::string& text) {
  cairo_text_extents_t extents;
  cairo_text_extents(context, text.c_str(), &extents);
  return extents.x_advance;
}

/// Fills and strokes the current path, then clears it.
void paint_path(cairo_t* context, const std::optional<Colour>& fill, const std::optional<Stroke>& stroke) {
  if (fill) {
    set_colour(context, *fill);
    cairo_fill_preserve(context);
  }
  if (stroke) {
    set_colour(context, stroke->colour);
    cairo_set_line_width(context, stroke->width);
    cairo_set_dash(context, stroke->dashes.data(), static_cast<int>(stroke->dashes.size()), 0);
    cairo_stroke_preserve(context);
  }
  cairo_new_path(context);
}

class Painter {
 public:
  explicit Painter(cairo_t* context) : context_(context) {}

  void operator()(const Path& path) const {
    for (const PagePoint& point : path.points) cairo_line_to(context_, point.x, point.y);
    if (path.closed) cairo_close_path(context_);
    paint_path(context_, path.fill, path.stroke);
  }

  void operator()(const Disc& disc) const {
    cairo_arc(context_, disc.centre.x, disc.centre.y, disc.radius, 0, 2 * std::numbers::pi);
    paint_path(context_, disc.fill, disc.stroke);
  }

  void operator()(const Text& text) const {
    set_font(context_, text.size, text.bold);
    set_colour(context_, text.colour);
    const double width = text_width(context_, text.text);
    const double before = text.anchor == TextAnchor::start ? 0 : text.anchor == TextAnchor::end ? width : width / 2;
    constexpr double middle = 0.36;  // of the font size: DejaVu's digits and capitals are 0.73 of it high
    cairo_save(context_);
    cairo_translate(context_, text.position.x, text.position.y);
    if (text.upwards) cairo_rotate(context_, -std::numbers::pi / 2);
    cairo_move_to(context_, -before, middle * text.size);
    cairo_show_text(context_, text.text.c_str());
    cairo_new_path(context_);
    cairo_restore(context_);
  }

 private:
  cairo_t* context_;
};

void paint(const Drawing& drawing, cairo_t* context) {
  set_colour(context, drawing.background);
  cairo_paint(context);
  for (const Shape& shape : drawing.shapes) std::visit(Painter(context), shape);
  check(cairo_status(context));
}

/// Callback for cairo: appends to the vector that `closure` points to.
cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) noexcept {
  auto& bytes = *static_cast<std::vector<std::byte>*>(closure);
  try {
    const auto* const first = reinterpret_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + size);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

void draw_svg(const Drawing& drawing, std::vector<std::byte>& bytes) {
  const Surface surface(cairo_svg_surface_create_for_stream(&append, &bytes, drawing.width, drawing.height));
  const Context context = context_on(surface);
  paint(drawing, context.get());
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
}

void draw_png(const Drawing& drawing, std::vector<std::byte>& bytes) {
  const auto pixels = [](double points) { return static_cast<int>(std::ceil(points * png_pixels_per_point)); };
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(drawing.width), pixels(drawing.height)));
  const Context context = context_on(surface);
  cairo_scale(context.get(), png_pixels_per_point, png_pixels_per_point);
  paint(drawing, context.get());
  cairo_surface_flush(surface.get());
  check(cairo_surface_write_to_png_stream(surface.get(), &append, &bytes));
}

std::string draw(const Drawing& drawing, PictureFormat format, std::vector<std::byte>& bytes) {
  try {
    if (format == PictureFormat::svg)
      draw_svg(drawing, bytes);
    else
      draw_png(drawing, bytes);
  } catch (const Fault& fault) {
    return cairo_status_to_string(fault.status);
  }
  return {};
}

/// 0 if cairo fails: it will fail again, with a message, when the text is drawn.
double measure_text(const std::string& text, double size, bool bold) {
  try {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1));
    const Context context = context_on(surface);
    set_font(context.get(), size, bold);
    const double width = text_width(context.get(), text);
    check(cairo_status(context.get()));
    return width;
  } catch (const Fault&) {
    return 0;
  }
}

constexpr CairoPainter painter{measure_text, draw};

}  // namespace

extern "C" const CairoPainter* vqi_cairo_painter_1() noexcept { return &painter; }

}  // namespace vqi::tool
