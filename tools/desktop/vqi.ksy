# The frame of a .vqi file for Kaitai Struct: header, sections, strip table. What the payloads of CBOK and INDX mean is in
# codec/FORMAT.md; checksums are read, and checked by decoders.
meta:
  id: vqi
  title: Vector-quantized image
  file-extension: vqi
  license: MIT
  endian: le
  encoding: ASCII
seq:
  - id: header
    type: header
  - id: sections
    type: section
    repeat: until
    repeat-until: _.type == "END "
types:
  header:
    seq:
      - id: magic
        contents: [0x89, VQI, 0x0d, 0x0a, 0x1a, 0x0a]
      - id: version_major
        type: u1
        valid: 1
      - id: version_minor
        type: u1
      - id: reserved_1
        contents: [0, 0]
      - id: width
        type: u4
      - id: height
        type: u4
      - id: channels
        type: u1
        enum: channels
      - id: bit_depth
        type: u1
        valid:
          any-of: [8, 16]
      - id: block_width
        type: u1
        valid:
          min: 1
          max: 16
      - id: block_height
        type: u1
        valid:
          min: 1
          max: 16
      - id: num_codewords
        type: u4
        valid:
          min: 1
          max: 65536
      - id: coding
        type: u1
        enum: coding
      - id: model
        type: u1
        enum: model
      - id: codebook_coding
        type: u1
        enum: codebook_coding
      - id: restore_strength
        type: u1
        doc: Of the decode filter, in eighths; 0 without one.
      - id: strip_rows
        type: u4
      - id: restore_deviation
        type: u2
        doc: Root mean squared error of the codewords, in code values of 16 bits; 0 without a decode filter.
      - id: restore_scale
        type: u2
        doc: From the spread of codewords to the radius of cells, in 1/256; 0 without a decode filter.
      - id: mse
        type: f8
        doc: Mean squared error that the encoder measured, in code values; information only.
      - id: reserved_2
        contents: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      - id: crc
        type: u4
        doc: CRC-32C of the 60 bytes before it.
  section:
    seq:
      - id: type
        type: str
        size: 4
      - id: is_skippable
        type: u2
        valid:
          max: 1
      - id: length_low
        type: u4
      - id: length_high
        type: u2
      - id: payload
        size: length
        type:
          switch-on: type
          cases:
            '"STRP"': strip_table
            '"END "': end
            '"gAMA"': gamma
            '"cHRM"': chromaticities
            '"sRGB"': srgb
            '"iCCP"': icc_profile
            '"cICP"': code_points
            '"pHYs"': density
      - id: crc
        type: u4
        doc: CRC-32C of everything in the section before it.
    instances:
      length:
        value: length_low + length_high * 0x100000000
  strip_table:
    seq:
      - id: strips
        type: strip
        repeat: eos
  strip:
    seq:
      - id: num_bytes
        type: u4
      - id: crc
        type: u4
  end:
    seq:
      - id: file_bytes_low
        type: u4
      - id: file_bytes_high
        type: u4
  gamma:
    seq:
      - id: gamma_times_100000
        type: u4
  chromaticities:
    doc: x and y of white point, red, green and blue, times 100000.
    seq:
      - id: coordinates
        type: u4
        repeat: expr
        repeat-expr: 8
  srgb:
    seq:
      - id: rendering_intent
        type: u1
  icc_profile:
    seq:
      - id: name
        type: strz
        encoding: ISO-8859-1
      - id: profile
        size-eos: true
  code_points:
    doc: Colour primaries, transfer function, matrix and range of ITU-T H.273.
    seq:
      - id: primaries
        type: u1
      - id: transfer
        type: u1
      - id: matrix
        type: u1
      - id: is_full_range
        type: u1
  density:
    seq:
      - id: x_per_unit
        type: u4
      - id: y_per_unit
        type: u4
      - id: unit
        type: u1
        enum: unit
enums:
  channels:
    1: grey
    2: grey_alpha
    3: rgb
    4: rgba
  coding:
    1: fixed_width
    2: uniform_range
    3: context_model
  model:
    0: none
    1: fast
    2: balanced
    3: max
  codebook_coding:
    0: plain
    1: differences
    2: detached
  unit:
    0: unknown
    1: metre
