/** TensorFlow.js, for the cells that import it: loaded when the first one runs. */
import * as backend from "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";

Object.assign(globalThis.courseModules, {
  "@tensorflow/tfjs-backend-cpu": backend,
  "@tensorflow/tfjs-core": core,
  "@tensorflow/tfjs-layers": layers,
});
