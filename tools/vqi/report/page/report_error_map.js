// Where the error is: a map of the largest difference of a pixel's samples, computed from the two pictures in the page.

/** Colours for 0..1, dark to bright, so that the map reads without colour as well (after the idea of "inferno"). */
const errorStops = [[8, 8, 20], [66, 20, 104], [147, 38, 103], [221, 81, 58], [252, 165, 10], [252, 255, 200]];
const errorColours = Array.from({ length: 256 }, (_, n) => {
  const at = (n / 255) * (errorStops.length - 1);
  const low = Math.min(Math.floor(at), errorStops.length - 2);
  return [0, 1, 2].map((c) => Math.round(errorStops[low][c] + (at - low) * (errorStops[low + 1][c] - errorStops[low][c])));
});

/** The error of each pixel, and what there is to say of all. */
function errorsBetween(original, decoded) {
  const a = original.data;
  const b = decoded.data;
  const errors = new Uint8Array(a.length / 4);
  let sum = 0;
  let differing = 0;
  for (let pixel = 0, at = 0; pixel < errors.length; ++pixel, at += 4) {
    const error = Math.max(Math.abs(a[at] - b[at]), Math.abs(a[at + 1] - b[at + 1]),
      Math.abs(a[at + 2] - b[at + 2]), Math.abs(a[at + 3] - b[at + 3]));
    errors[pixel] = error;
    sum += error;
    if (error > 0) ++differing;
  }
  return { errors, mean: sum / errors.length, differing: differing / errors.length };
}

/** The map as a canvas; an error of 255 / gain has the brightest colour. */
function errorCanvas(errors, width, height, gain) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < errors.length; ++pixel) {
    const colour = errorColours[Math.min(255, errors[pixel] * gain)];
    image.data.set([colour[0], colour[1], colour[2], 255], pixel * 4);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Draws the map's colours from none to most into the small scale beside the gain. */
function drawErrorScale() {
  const context = byId("error-scale").getContext("2d");
  errorColours.forEach(([red, green, blue], n) => {
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(n, 0, 1, 1);
  });
}
