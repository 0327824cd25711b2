// The strip of pictures that are open, where there is more than one.

const root = document.getElementById("pictures");

export class PictureList {
  /** `onChoose(picture)` is called when one is chosen. */
  constructor({ onChoose }) {
    this.onChoose = onChoose;
    this.items = new Map();
  }

  show(pictures, current) {
    root.hidden = pictures.length < 2;
    for (const picture of pictures) if (!this.items.has(picture)) this.#add(picture);
    for (const [picture, button] of this.items) {
      if (picture === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  #add(picture) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.title = picture.name;
    button.addEventListener("click", () => this.onChoose(picture));
    const thumbnail = document.createElement("img");
    thumbnail.alt = picture.name;
    this.items.set(picture, button);
    button.append(thumbnail);
    item.append(button);
    root.append(item);
    paintThumbnail(thumbnail, picture.canvas);
  }
}

async function paintThumbnail(image, source) {
  const scale = Math.min(1, 144 / source.width, 108 / source.height);
  const canvas = new OffscreenCanvas(Math.ceil(source.width * scale), Math.ceil(source.height * scale));
  canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
  image.src = URL.createObjectURL(await canvas.convertToBlob());
}
