/**
 * The patients of the clinic: networks that do not learn, each for one reason. The reasons stand here and not in the
 * notebook, where they are to be found out.
 */
import { type ActivationKey, activations } from "../activations.js";
import type { Seed } from "../random.js";
import { requireOneOf } from "./checks.js";
import { SoftmaxClassifier } from "./softmax-classifier.js";

/** 0 is healthy. */
export type Patient = 0 | 1 | 2 | 3 | 4;

/**
 * What can be changed before a patient learns once more. "weights by the rule" draws them with a gain of √2 for ReLU
 * and of 1 for tanh.
 */
export type Treatment =
  | "none"
  | "weights by the rule"
  | "biases at 0"
  | "a tenth of the learning rate"
  | "ten times the learning rate";

/** A network that has not learned yet, and how it is to learn. */
export interface Admission {
  network: SoftmaxClassifier;
  activation: ActivationKey;
  learningRate: number;
}

interface Settings {
  activation: ActivationKey;
  gain: number;
  bias: number;
  learningRate: number;
}

const RULE: Partial<Record<ActivationKey, number>> = { relu: Math.SQRT2, tanh: 1 };

const patients: readonly Settings[] = [
  { activation: "relu", gain: Math.SQRT2, bias: 0, learningRate: 0.05 },
  // The signal shrinks from layer to layer.
  { activation: "tanh", gain: 0.3, bias: 0, learningRate: 0.05 },
  // No unit ever fires.
  { activation: "relu", gain: Math.SQRT2, bias: -1, learningRate: 0.05 },
  // Every unit is on one of tanh's flat ends.
  { activation: "tanh", gain: 10, bias: 0, learningRate: 0.05 },
  // The first steps throw all units into silence.
  { activation: "relu", gain: Math.SQRT2, bias: 0, learningRate: 1 },
];

const treatments: Record<Treatment, (settings: Settings) => Partial<Settings>> = {
  none: () => ({}),
  "weights by the rule": ({ activation }) => ({ gain: RULE[activation] }),
  "biases at 0": () => ({ bias: 0 }),
  "a tenth of the learning rate": ({ learningRate }) => ({ learningRate: learningRate / 10 }),
  "ten times the learning rate": ({ learningRate }) => ({ learningRate: learningRate * 10 }),
};

/**
 * A patient of the clinic, as it comes in: a network for the handwritten digits, 64 inputs, four hidden layers of 32
 * units and 10 classes.
 * @param patient 0 is healthy, 1 to 4 are not
 * @param treatment what is changed before it learns
 * @param seed of its starting weights
 * @throws RangeError if there is no such patient or treatment
 * @example admit(0).activation // 'relu'
 */
export function admit(
  patient: Patient,
  treatment: Treatment = "none",
  seed: Seed = 100,
): Admission {
  requireOneOf("patient", patient, [...patients.keys()]);
  requireOneOf("treatment", treatment, Object.keys(treatments));
  const settings = patients[patient];
  const { activation, gain, bias, learningRate } = {
    ...settings,
    ...treatments[treatment](settings),
  };
  const network = new SoftmaxClassifier({
    activation: activations[activation],
    sizes: [64, 32, 32, 32, 32, 10],
    gain,
    bias,
    seed,
  });
  return { network, activation, learningRate };
}
