/** Which exercises there are, in the order of the course: their numbers and how many follow from here. */
import { eluExercise } from "./elu.js";
import { courseOf, makeExercises } from "./exercise.js";
import { fiftyLayersExercise } from "./fifty-layers.js";
import { gainExercise } from "./gain.js";
import { gradientMonitorExercise } from "./gradient-monitor.js";
import { preluExercise } from "./prelu.js";
import { describeProgress } from "./progress.js";
import { sickNetworksExercise } from "./sick-networks.js";
import { xorExercise } from "./xor.js";

export const definitions = {
  prelu: preluExercise,
  fiftyLayers: fiftyLayersExercise,
  gradientMonitor: gradientMonitorExercise,
  gain: gainExercise,
  elu: eluExercise,
  xor: xorExercise,
  sickNetworks: sickNetworksExercise,
};

/**
 * The exercises by key. Each has `check`, `hint` and `solution`, which print below the cell.
 * @example
 * const exercise = exercises.prelu;
 * exercise.check({ forward: (x, alpha) => (x > 0 ? x : alpha * x) });
 * exercise.hint("derivative");
 */
export const exercises = makeExercises(definitions);

/**
 * Prints which exercises are passed, and of those begun, which parts are correct.
 * @example showProgress();
 */
export function showProgress(): void {
  console.log(describeProgress(courseOf(definitions)).join("\n"));
}
