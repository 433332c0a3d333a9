/** The loop in which the deep networks of the course learn. */
import { requireWhole } from "../checks.js";
import { isCorrect, type Sample } from "../datasets.js";
import type { TrainingHistory } from "../network.js";

/**
 * Passes through the samples `epochs` times, in their order, with one step a batch; the last may be smaller.
 * Like `TwoLayerNetwork.train`, the history is measured on the way.
 * @param step changes the weights; returns what was predicted before, a probability of label 1 a sample
 * @throws RangeError if `epochs` or `batchSize` is not a whole number above 0
 */
export function trainInBatches(
  samples: readonly Sample[],
  { epochs, batchSize }: { epochs: number; batchSize: number },
  step: (batch: readonly Sample[]) => readonly number[],
): TrainingHistory {
  requireWhole("epochs", epochs);
  requireWhole("batchSize", batchSize);
  const history: TrainingHistory = { losses: [], accuracies: [] };
  for (let epoch = 0; epoch < epochs; epoch++) {
    let squaredErrors = 0;
    let correct = 0;
    for (let from = 0; from < samples.length; from += batchSize) {
      const batch = samples.slice(from, from + batchSize);
      for (const [index, prediction] of step(batch).entries()) {
        const { label } = batch[index];
        squaredErrors += (prediction - label) ** 2;
        if (isCorrect(prediction, label)) correct++;
      }
    }
    history.losses.push(squaredErrors / samples.length);
    history.accuracies.push(correct / samples.length);
  }
  return history;
}
