/**
 * Handwritten digits. A door of its own, because they are as large as half of the library: pages load them only
 * where they are imported.
 * @module activation-lab/digits
 */
import images from "../../data/digits.json" with { type: "json" };

/** One image of 8 × 8 pixels. */
export interface Digit {
  /** Its 64 pixels, row by row from the top left, from 0, the paper, to 1, all ink. */
  readonly x: readonly number[];
  /** The digit that was written, from 0 to 9. */
  readonly label: number;
}

/** A pixel is one of 17 shades, written as a digit of the base 17. */
const SHADES = 17;

/**
 * The 1,797 handwritten digits of `data/digits.json`, in the order of their source.
 * E. Alpaydin and C. Kaynak (1998), doi:10.24432/C50P49, CC BY 4.0.
 * @example digits()[0].label // 0
 */
export function digits(): Digit[] {
  return images.map(({ label, pixels }) => ({
    x: Array.from(pixels, (shade) => Number.parseInt(shade, SHADES) / (SHADES - 1)),
    label,
  }));
}
