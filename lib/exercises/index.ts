/** The exercises of the course, which check answers in the notebook, and the learner's progress. */
export type { EluAnswer } from "./elu.js";
export type { Exercise } from "./exercise.js";
export type { FiftyLayersAnswer } from "./fifty-layers.js";
export type { GainAnswer } from "./gain.js";
export type {
  GradientMonitorAnswer,
  GradientMonitorLike,
  GradientWarning,
} from "./gradient-monitor.js";
export { exercises, showProgress } from "./list.js";
export type { PReluAnswer, PReluNetwork, PReluPass } from "./prelu.js";
export { todo } from "./run.js";
export type { DeepSickNetwork, SickNetwork, SickNetworksAnswer } from "./sick-networks.js";
export { networkOf, patients } from "./sick-networks.js";
export type { XorAnswer } from "./xor.js";
