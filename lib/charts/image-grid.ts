/** Small grey images side by side. */
import { requireNumbers, requireSome, requireWhole } from "../checks.js";
import { SEQUENTIAL } from "./heatmap.js";
import { baseLayout, type Chart } from "./layout.js";
import { colours } from "./style.js";

/** Pixels of the screen that a row of images takes in width, in a text of the usual width. */
const WIDTH = 620;

/**
 * Square images side by side, each with a caption above it, from the paper's colour at 0 to the darkest at 1.
 * @throws RangeError if there is no image, one is not square, they differ in size, there are more or fewer captions
 *   than images, or `columns` is not a whole number above 0
 * @example
 * imageGrid({
 *   title: "A diagonal",
 *   description: "Two dark pixels of four.",
 *   images: [[1, 0, 0, 1]],
 *   captions: ["falling"],
 * }).data.length // 1
 */
export function imageGrid({
  images,
  captions,
  columns = 5,
  title,
  description,
}: {
  /** The pixels of each, row by row from the top left: 64 of them are 8 × 8. */
  images: readonly (readonly number[])[];
  /** One an image. */
  captions: readonly string[];
  /** How many in a row. More than 5 do not fit a phone. */
  columns?: number;
  title: string;
  description: string;
}): Chart {
  requireSome("imageGrid: images", images);
  requireWhole("imageGrid: columns", columns);
  const side = Math.sqrt(images[0].length);
  requireWhole("imageGrid: the side of an image", side);
  for (const [index, image] of images.entries())
    requireNumbers(`imageGrid: images[${index}]`, image, side * side);
  if (captions.length !== images.length) {
    throw new RangeError(
      `imageGrid: captions must be as many as images, ${images.length}, got ${captions.length}`,
    );
  }
  const across = Math.min(columns, images.length);
  const down = Math.ceil(images.length / across);
  // A pixel of nothing between two images, and room above each for the lines of its caption.
  // On a phone five images in a row leave a pixel 6 of the screen's, and a line takes 15.
  const above = 1 + 2 * Math.max(...captions.map((caption) => caption.split("<br>").length));
  const [width, height] = [side + 1, side + above];
  const pixelAt = (row: number, column: number) => {
    const image = images[Math.floor(row / height) * across + Math.floor(column / width)];
    const [y, x] = [(row % height) - above, column % width];
    return image && y >= 0 && y < side && x < side ? image[y * side + x] : null;
  };
  const z = Array.from({ length: down * height }, (_, row) =>
    Array.from({ length: across * width - 1 }, (_, column) => pixelAt(row, column)),
  );
  const axis = { visible: false, constrain: "domain" };
  const layout = baseLayout(title, 90 + Math.round((WIDTH / (across * width)) * down * height));
  return {
    data: [
      {
        type: "heatmap",
        z,
        zmin: 0,
        zmax: 1,
        colorscale: SEQUENTIAL,
        showscale: false,
        hoverinfo: "skip",
      },
    ],
    layout: {
      ...layout,
      margin: { ...(layout.margin as object), l: 16, b: 8 },
      xaxis: { ...axis },
      yaxis: { ...axis, autorange: "reversed", scaleanchor: "x", constraintoward: "top" },
      annotations: captions.map((text, index) => ({
        text,
        x: (index % across) * width + (side - 1) / 2,
        y: Math.floor(index / across) * height + above - 0.6,
        yanchor: "bottom",
        showarrow: false,
        font: { size: 12, color: colours.ink },
      })),
    },
    description,
  };
}
