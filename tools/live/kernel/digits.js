/** The handwritten digits, for the cells that import them: loaded when the first one runs. */
import * as digits from "activation-lab/digits";

Object.assign(globalThis.courseModules, { "activation-lab/digits": digits });
