// A ZIP archive of files that are compressed already: they are stored as they are.
import { crc32 } from "./checksum.js";

const localSize = 30;
const centralSize = 46;
const endSize = 22;
const utf8Names = 0x0800;

// The date and time of a file in an archive: two seconds to a step, from 1980 on.
function dosTime(date) {
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  return { day, time: (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1) };
}

// What the two records of a file have in common.
function putFacts(view, at, { bytes, name, crc }, { day, time }) {
  [20, utf8Names, 0, time, day].forEach((value, i) => view.setUint16(at + 2 * i, value, true));
  [crc, bytes.length, bytes.length].forEach((value, i) => view.setUint32(at + 10 + 4 * i, value, true));
  view.setUint16(at + 22, name.length, true);
}

/** The bytes of an archive of [{name, bytes}]. */
export function zipOf(files, date = new Date()) {
  const moment = dosTime(date);
  const entries = files.map(({ name, bytes }) =>
    ({ name: new TextEncoder().encode(name), bytes, crc: crc32(bytes) }));
  const total = entries.reduce((sum, { name, bytes }) =>
    sum + localSize + centralSize + 2 * name.length + bytes.length, endSize);
  const archive = new Uint8Array(total);
  const view = new DataView(archive.buffer);
  let at = 0;
  for (const entry of entries) {
    entry.offset = at;
    view.setUint32(at, 0x04034b50, true);
    putFacts(view, at + 4, entry, moment);
    archive.set(entry.name, at + localSize);
    archive.set(entry.bytes, at + localSize + entry.name.length);
    at += localSize + entry.name.length + entry.bytes.length;
  }
  const directory = at;
  for (const entry of entries) {
    view.setUint32(at, 0x02014b50, true);
    view.setUint16(at + 4, 20, true);
    putFacts(view, at + 6, entry, moment);
    view.setUint32(at + 42, entry.offset, true);
    archive.set(entry.name, at + centralSize);
    at += centralSize + entry.name.length;
  }
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return archive;
}

/** The same names, with a number where one comes again: a.vqi, a-2.vqi. */
export function distinctNames(names) {
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
