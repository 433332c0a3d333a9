/** Exercise "Sick networks": four networks that do not learn, and one change each that cures them. */
import { type ActivationKey, activations } from "../activations.js";
import { DeepClassifier } from "../course/deep-classifier.js";
import { lessonCircle } from "../datasets.js";
import { TwoLayerNetwork } from "../network.js";
import { spread } from "../statistics.js";
import { type ExerciseDefinition, mistake, type Part } from "./part.js";
import { isRecord } from "./values.js";

/** A network of one hidden layer, and how it is trained. */
export interface SickNetwork {
  readonly activation: ActivationKey;
  readonly learningRate: number;
  /** Of all hidden units, at the start. */
  readonly bias: number;
  /** The factor on the hidden layer's starting weights. */
  readonly gain: number;
}

/** A network of several hidden layers. */
export interface DeepSickNetwork {
  readonly activation: ActivationKey;
  readonly learningRate: number;
  readonly hiddenLayers: number;
}

/** What the exercise asks for: the patient with one thing changed. */
export interface SickNetworksAnswer {
  cureA: (patient: SickNetwork) => SickNetwork;
  cureB: (patient: SickNetwork) => SickNetwork;
  cureC: (patient: SickNetwork) => SickNetwork;
  cureD: (patient: DeepSickNetwork) => DeepSickNetwork;
}

/**
 * The four patients.
 * @example patients.a.activation // 'relu'
 */
export const patients: Readonly<{
  a: SickNetwork;
  b: SickNetwork;
  c: SickNetwork;
  d: DeepSickNetwork;
}> = {
  a: { activation: "relu", learningRate: 0.1, bias: -6, gain: 1 },
  b: { activation: "relu", learningRate: 10, bias: 0, gain: 1 },
  c: { activation: "tanh", learningRate: 0.1, bias: 0, gain: 50 },
  d: { activation: "sigmoid", learningRate: 0.1, hiddenLayers: 6 },
};

// #region cureA
export function cureA(patient: SickNetwork): SickNetwork {
  return { ...patient, bias: 0 };
}
// #endregion

// #region cureB
export function cureB(patient: SickNetwork): SickNetwork {
  return { ...patient, learningRate: 0.1 };
}
// #endregion

// #region cureC
export function cureC(patient: SickNetwork): SickNetwork {
  return { ...patient, gain: 1 };
}
// #endregion

// #region cureD
export function cureD(patient: DeepSickNetwork): DeepSickNetwork {
  return { ...patient, activation: "tanh" };
}
// #endregion

/**
 * The network of a patient, not trained yet: the same starting weights for the same seed.
 * @throws RangeError or TypeError if a value is none that a network can have
 * @example networkOf(patients.a, 1).forward([0, 0]) // 0.5
 */
export function networkOf(patient: SickNetwork, seed: number): TwoLayerNetwork {
  const { learningRate, bias, gain } = patient;
  const activation = activations[patient.activation];
  const { weights } = new TwoLayerNetwork({ activation, seed });
  return new TwoLayerNetwork({
    activation,
    learningRate,
    weights: {
      ...weights,
      w1: weights.w1.map((row) => row.map((weight) => weight * gain)),
      b1: weights.b1.map(() => bias),
    },
  });
}

/** Right on the circle's points in the last of 100 epochs, as a share. */
function accuracyOf(patient: SickNetwork | DeepSickNetwork, seed: number): number {
  const samples = lessonCircle();
  const { accuracies } =
    "hiddenLayers" in patient
      ? new DeepClassifier({
          activation: activations[patient.activation],
          hiddenLayers: patient.hiddenLayers,
          seed,
        }).train(samples, { epochs: 100, learningRate: patient.learningRate })
      : networkOf(patient, seed).train(samples, { epochs: 100 });
  return accuracies[99];
}

/** Seeds that the notebook does not look at. */
const FRESH = [100, 101, 102, 103, 104];
const HEALTHY = 0.9;

/** By what was trained: the same cure is tried many times. */
const known = new Map<string, string>();

/** What becomes of the patient, in words. */
function judgeCure(cure: unknown, [patient]: readonly unknown[]): unknown {
  if (!isRecord(cure) || Array.isArray(cure)) return "no patient is returned";
  const before = patient as Record<string, unknown>;
  const strange = Object.keys(cure).find((name) => !(name in before));
  if (strange !== undefined) return `a patient has no ${strange}`;
  const changed = Object.keys(before).filter((name) => cure[name] !== before[name]);
  if (changed.length === 0) return "nothing is changed";
  if (changed.length > 1) return `${changed.length} things are changed: ${changed.join(", ")}`;
  const key = JSON.stringify(cure);
  const outcome = known.get(key) ?? tryCure(cure as unknown as SickNetwork, changed[0]);
  known.set(key, outcome);
  return outcome;
}

function tryCure(cure: SickNetwork | DeepSickNetwork, changed: string): string {
  try {
    const { median } = spread(FRESH.map((seed) => accuracyOf(cure, seed)));
    return median >= HEALTHY ? "it learns" : `it does not learn with another ${changed}`;
  } catch {
    return `no network can have this ${changed}`;
  }
}

/** A part whose answer changes one thing of this patient. */
function curePart(
  patient: SickNetwork | DeepSickNetwork,
  solution: (patient: never) => unknown,
  /** By field: what to say to whoever changes it in vain, and a value that is in vain. */
  vain: Readonly<Record<string, readonly [says: string, value: unknown]>>,
  hints: readonly string[],
): Part {
  return {
    parameters: ["patient"],
    cases: [[patient]],
    expected: solution as unknown as Part["expected"],
    outcome: judgeCure,
    mistakes: [
      mistake("unchanged", "the patient is as it was: change one thing.", (one) => ({ ...one })),
      ...Object.entries(vain).map(([field, [says, value]]) =>
        mistake(`vain-${field.toLowerCase()}`, says, (one) => ({ ...one, [field]: value })),
      ),
    ],
    hints,
  };
}

const EXAMINE = "Examine it first, and compare what you see with a healthy network.";

export const sickNetworksExercise: ExerciseDefinition<SickNetworksAnswer> = {
  title: "Sick networks",
  name: "sick-networks",
  parts: {
    cureA: curePart(
      patients.a,
      cureA,
      {
        learningRate: ["where every slope is 0, no step is large enough: a rate times 0 is 0.", 1],
        activation: [
          "so far down the other activations are flat, or nearly so: the units stay where they are.",
          "gelu",
        ],
        gain: ["larger weights lift a few units, and most stay down.", 2],
      },
      [
        EXAMINE,
        "All its units are dead: every pre-activation is below 0, on every sample. What holds them down?",
        "The bias of −6. Write `return { ...patient, bias: 0 };`, or another bias that lets units fire.",
      ],
    ),
    cureB: curePart(
      patients.b,
      cureB,
      {
        activation: ["another activation jumps about as this one does.", "tanh"],
        bias: ["the units were alive at the start. What has killed them?", -1],
        gain: ["the starting weights were fine. What has become of them?", 0.5],
      },
      [
        EXAMINE,
        "It is healthy at the start, and the first epochs throw it far away.",
        "The steps are too large: try `return { ...patient, learningRate: 0.1 };`.",
      ],
    ),
    cureC: curePart(
      patients.c,
      cureC,
      {
        activation: ["the pre-activations are as large with another activation.", "relu"],
        learningRate: ["larger or smaller steps do not change what the slopes are.", 0.01],
        bias: ["a bias shifts the units; they stay as steep.", -1],
      },
      [
        EXAMINE,
        "Its pre-activations are far from 0, where tanh is flat. What makes them so large?",
        "The weights are 50 times as large as usual: `return { ...patient, gain: 1 };`.",
      ],
    ),
    cureD: curePart(
      patients.d,
      cureD,
      {
        learningRate: [
          "the last layers would take steps that are too large before the first take any that count.",
          1,
        ],
        hiddenLayers: ["there are still too many sigmoids in a row.", 3],
      },
      [
        EXAMINE,
        "Compare the gradients of its first and last layers. What does each sigmoid multiply by?",
        'A sigmoid\'s slope is at most 1/4. `return { ...patient, activation: "tanh" };` is one way, fewer layers are another.',
      ],
    ),
  },
  questions: {
    same: {
      right: "b",
      says: {
        a: "The loss says that it does not learn, and not why.",
        b: "A loss says that something is wrong, and hardly what. Slopes, pre-activations and gradients tell the four apart, and each points to another cure.",
        c: "Accuracy is made of the same outputs as the loss.",
      },
    },
  },
};
