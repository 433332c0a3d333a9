/** Puts functions with the same results everywhere in the place of the browser's own, for cells and library alike. */
import cbrt from "@stdlib/math-base-special-cbrt";
import expm1 from "@stdlib/math-base-special-expm1";
import log from "@stdlib/math-base-special-ln";
import log1p from "@stdlib/math-base-special-log1p";
import log2 from "@stdlib/math-base-special-log2";
import tan from "@stdlib/math-base-special-tan";
import { cosh, exp, hypot, log10, sinh, tanh } from "./fdlibm.mjs";
import { toPrecision } from "./to-precision.mjs";

// These of @stdlib are FDLIBM's, too. What is not here (`**`, sin, cos and the inverse functions) is left to the
// browser: Node's own versions differ there, and no stored output depends on it.
const same = { cbrt, cosh, exp, expm1, hypot, log, log10, log1p, log2, sinh, tan, tanh };

for (const [name, run] of Object.entries(same)) {
  const value = name === "hypot" ? run : (x) => run(+x);
  Object.defineProperty(value, "name", { value: name });
  Object.defineProperty(Math, name, { value, writable: true, configurable: true });
}

// Only where it is needed: it takes longer.
if ((0.001953125).toPrecision(6) !== "0.00195313") {
  Object.defineProperty(Number.prototype, "toPrecision", {
    value: toPrecision,
    writable: true,
    configurable: true,
  });
}
