/** What the lesson's own Python draws and computes, from `data/reference/`: facts to test against. */
import deadNeurons from "../../data/reference/dead-neurons.json" with { type: "json" };
import gradientScan from "../../data/reference/gradient-scan.json" with { type: "json" };
import signalThroughLayers from "../../data/reference/signal-through-layers.json" with {
  type: "json",
};
import training from "../../data/reference/training.json" with { type: "json" };
import type { NetworkWeights } from "../network.js";
import { requireOneOf } from "./checks.js";

/** The recorded results by file name; `data/README.md` explains each. */
export interface Reference {
  /** Step 2: of 100 points from −5 on, how many gradients are below 0.01 in size. */
  "gradient-scan": Record<
    "sigmoid" | "tanh" | "relu" | "leakyRelu" | "gelu" | "swish",
    { healthy: number; nearZero: number }
  >;
  /** Step 3: five inputs, five weights a layer, and each activation's magnitude after each of 50 layers. */
  "signal-through-layers": {
    inputs: number[];
    weights: number[][];
    magnitudes: Record<"sigmoid" | "tanh" | "relu" | "leakyRelu" | "gelu" | "swish", number[]>;
  };
  /** Step 4: 20 neurons with 5 inputs, 1,000 samples, and on how many samples each neuron fires. */
  "dead-neurons": {
    weights: number[][];
    biases: number[];
    samples: number[][];
    fireCounts: number[];
  };
  /** Step 5: starting weights and the mean squared error of each of 200 epochs. */
  training: {
    hiddenSize: number;
    learningRate: number;
    epochs: number;
    initial: NetworkWeights;
    losses: Record<"sigmoid" | "relu" | "gelu", number[]>;
  };
}

const recorded: Reference = {
  "gradient-scan": gradientScan,
  "signal-through-layers": signalThroughLayers,
  "dead-neurons": deadNeurons,
  training,
};

/**
 * One part of the reference run, a copy of its own.
 * @throws RangeError if there is no such part
 * @example readReference("training").epochs // 200
 */
export function readReference<Name extends keyof Reference>(name: Name): Reference[Name] {
  requireOneOf("readReference: name", name, Object.keys(recorded));
  return structuredClone(recorded[name]);
}
