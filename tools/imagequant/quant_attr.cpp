// The attributes of libimagequant.h.
#include "quant_handles.hpp"

using vqi::imagequant::guarded;
using vqi::imagequant::need;

namespace {

/// Sets an attribute to a value in minimum..maximum.
liq_error set_attribute(liq_attr* attr, int liq_attr::*attribute, int value, int minimum, int maximum) {
  if (attr == nullptr) return LIQ_INVALID_POINTER;
  if (value < minimum || value > maximum) return LIQ_VALUE_OUT_OF_RANGE;
  attr->*attribute = value;
  return LIQ_OK;
}

int attribute_of(const liq_attr* attr, int liq_attr::*attribute) { return attr != nullptr ? attr->*attribute : -1; }

}  // namespace

liq_attr* liq_attr_create(void) { return new (std::nothrow) liq_attr; }

liq_attr* liq_attr_create_with_allocator(void* (*custom_malloc)(size_t), void (*custom_free)(void*)) {
  if ((custom_malloc == nullptr) != (custom_free == nullptr)) return nullptr;
  liq_attr* attr = liq_attr_create();
  if (attr != nullptr && custom_free != nullptr) attr->free = custom_free;
  return attr;
}

liq_attr* liq_attr_copy(const liq_attr* orig) { return orig != nullptr ? new (std::nothrow) liq_attr(*orig) : nullptr; }

void liq_attr_destroy(liq_attr* attr) {
  if (attr != nullptr && attr->flush != nullptr) attr->flush(attr, attr->flush_user);
  delete attr;
}

liq_error liq_set_max_colors(liq_attr* attr, int colors) {
  return set_attribute(attr, &liq_attr::max_colors, colors, 2, 256);
}

int liq_get_max_colors(const liq_attr* attr) { return attribute_of(attr, &liq_attr::max_colors); }

liq_error liq_set_speed(liq_attr* attr, int speed) { return set_attribute(attr, &liq_attr::speed, speed, 1, 11); }

int liq_get_speed(const liq_attr* attr) { return attribute_of(attr, &liq_attr::speed); }

liq_error liq_set_min_opacity(liq_attr* attr, int min) {
  return set_attribute(attr, &liq_attr::min_opacity, min, 0, 255);
}

int liq_get_min_opacity(const liq_attr* attr) { return attribute_of(attr, &liq_attr::min_opacity); }

liq_error liq_set_min_posterization(liq_attr* attr, int bits) {
  return set_attribute(attr, &liq_attr::min_posterization, bits, 0, 4);
}

int liq_get_min_posterization(const liq_attr* attr) { return attribute_of(attr, &liq_attr::min_posterization); }

liq_error liq_set_quality(liq_attr* attr, int minimum, int maximum) {
  if (attr == nullptr) return LIQ_INVALID_POINTER;
  if (minimum < 0 || minimum > maximum || maximum > 100) return LIQ_VALUE_OUT_OF_RANGE;
  attr->min_quality = minimum;
  attr->max_quality = maximum;
  return LIQ_OK;
}

int liq_get_min_quality(const liq_attr* attr) { return attribute_of(attr, &liq_attr::min_quality); }

int liq_get_max_quality(const liq_attr* attr) { return attribute_of(attr, &liq_attr::max_quality); }

void liq_set_last_index_transparent(liq_attr* attr, int is_last) {
  if (attr != nullptr) attr->last_index_transparent = is_last != 0;
}

void liq_set_log_callback(liq_attr* attr, liq_log_callback_function* callback, void* user_info) {
  if (attr == nullptr) return;
  attr->log = callback;
  attr->log_user = user_info;
}

void liq_set_log_flush_callback(liq_attr* attr, liq_log_flush_callback_function* callback, void* user_info) {
  if (attr == nullptr) return;
  attr->flush = callback;
  attr->flush_user = user_info;
}

void liq_attr_set_progress_callback(liq_attr* attr, liq_progress_callback_function* callback, void* user_info) {
  if (attr == nullptr) return;
  attr->progress = callback;
  attr->progress_user = user_info;
}

int liq_version(void) { return LIQ_VERSION; }
