// Calls vqi.h from Go: encodes an image and decodes it again.
package main

/*
#cgo pkg-config: vqi
#include <stdlib.h>
#include "vqi.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

const w, h = 96, 64

func check(status C.vqi_status) {
	if status != C.VQI_OK {
		panic(C.GoString(C.vqi_error_message()))
	}
}

func set(options *C.vqi_options, name, value string) {
	n, v := C.CString(name), C.CString(value)
	defer C.free(unsafe.Pointer(n))
	defer C.free(unsafe.Pointer(v))
	check(C.vqi_options_set(options, n, v))
}

func draw(samples []byte) {
	for i := 0; i < w*h; i++ {
		x, y := i%w, i/w
		if (x-48)*(x-48)+(y-32)*(y-32) < 400 {
			copy(samples[3*i:], []byte{230, 120, 40})
		} else {
			copy(samples[3*i:], []byte{byte(2 * x), byte(3 * y), 128})
		}
	}
}

func main() {
	memory := C.malloc(3 * w * h) // an image that C keeps a pointer to must not lie in Go's memory
	defer C.free(memory)
	draw(unsafe.Slice((*byte)(memory), 3*w*h))
	image := C.vqi_image{samples: memory, width: w, height: h, channels: 3, bit_depth: 8}
	var options *C.vqi_options
	var result *C.vqi_result
	command, psnr := C.CString("compress"), C.CString("psnr_db")
	check(C.vqi_options_new(command, &options))
	defer C.vqi_options_free(options)
	set(options, "k", "64")
	set(options, "method", "ecvq")
	check(C.vqi_encode(options, &image, &result))
	defer C.vqi_result_free(result)
	var size C.size_t
	var db C.double
	bytes := C.vqi_result_bytes(result, &size)
	check(C.vqi_result_number(result, psnr, &db))
	decoded := make([]byte, 3*w*h)
	check(C.vqi_decode_into(nil, bytes, size, unsafe.Pointer(&decoded[0]), C.size_t(len(decoded)), 0, nil))
	fmt.Printf("%d bytes of %d, %.1f dB\n", size, len(decoded), db)
	disc := decoded[(32*w+48)*3:]
	fmt.Printf("the disc is %d, %d, %d\n", disc[0], disc[1], disc[2])
}
