/** What the lesson's own Python draws and computes, from `data/reference/`: facts to test against. */
import { readFileSync } from "node:fs";
import type { NetworkWeights } from "./network.js";

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

/** Reads one part of the reference run. */
export function readReference<Name extends keyof Reference>(name: Name): Reference[Name] {
  return JSON.parse(readData(`reference/${name}.json`));
}

/** Text of a file in `data/`, which lies beside `lib/` wherever the notebook that asks may be. */
export function readData(path: string): string {
  return readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8");
}
