/**
 * The training as TensorFlow Playground does it: a network of nodes and links, each an object that collects its own
 * gradient, which is then taken off. Written anew after the description in D. Smilkov, S. Carter, D. Sculley, F. Viégas
 * and M. Wattenberg (2017), Direct-manipulation visualization of deep networks, arXiv:1708.03788.
 */

/** @import { Activation, NetworkWeights, Sample } from "activation-lab" */

const LEARNING_RATE = 0.1;

/** @typedef {{ from: Node, to: Node, weight: number, gradient: number }} Link */

class Node {
  /** @type {Link[]} */
  inputs = [];
  /** @type {Link[]} */
  outputs = [];
  sum = 0;
  output = 0;
  outputGradient = 0;
  gradient = 0;

  /** @param {{ fn: (x: number) => number, derivative: (x: number) => number }} activation @param {number} bias */
  constructor(activation, bias) {
    this.activation = activation;
    this.bias = bias;
  }

  forward() {
    this.sum = this.bias;
    for (const { from, weight } of this.inputs) this.sum += weight * from.output;
    this.output = this.activation.fn(this.sum);
  }
}

/**
 * @param {{ activation: Activation, samples: readonly Sample[], weights: NetworkWeights, epochs: number }} options
 * @returns {{ seconds: number, loss: number | undefined }} the last epoch's loss
 */
export function trainLikePlayground({ activation, samples, weights, epochs }) {
  const layers = networkOf(activation, weights);
  const [inputs, , [output]] = layers;
  const start = performance.now();
  let loss = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    loss = 0;
    for (const { x, label } of samples) {
      inputs.forEach((node, i) => {
        node.output = x[i];
      });
      for (const layer of layers.slice(1)) for (const node of layer) node.forward();
      backward(layers, output.output - label);
      step(layers);
      loss += (output.output - label) ** 2;
    }
  }
  return { seconds: (performance.now() - start) / 1000, loss: loss / samples.length };
}

/**
 * Inputs, hidden units, output.
 * @param {Activation} activation
 * @param {NetworkWeights} weights
 */
function networkOf(activation, { w1, b1, w2, b2 }) {
  const inputs = w1[0].map(() => new Node({ fn: (x) => x, derivative: () => 1 }, 0));
  const hidden = b1.map((bias) => new Node(activation, bias));
  const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
  const slope = (/** @type {number} */ x) => sigmoid(x) * (1 - sigmoid(x));
  const output = new Node({ fn: sigmoid, derivative: slope }, b2);
  const link = (/** @type {Node} */ from, /** @type {Node} */ to, /** @type {number} */ weight) => {
    const made = { from, to, weight, gradient: 0 };
    from.outputs.push(made);
    to.inputs.push(made);
  };
  hidden.forEach((unit, i) => {
    inputs.forEach((input, j) => {
      link(input, unit, w1[i][j]);
    });
    link(unit, output, w2[i]);
  });
  return [inputs, hidden, [output]];
}

/**
 * @param {Node[][]} layers
 * @param {number} error the slope of the loss at the output
 */
function backward(layers, error) {
  layers[layers.length - 1][0].outputGradient = error;
  for (let i = layers.length - 1; i > 0; i--) {
    for (const node of layers[i]) {
      node.gradient = node.outputGradient * node.activation.derivative(node.sum);
      for (const link of node.inputs) link.gradient = node.gradient * link.from.output;
    }
    if (i === 1) return;
    for (const node of layers[i - 1]) {
      node.outputGradient = 0;
      for (const { weight, to } of node.outputs) node.outputGradient += weight * to.gradient;
    }
  }
}

/** @param {Node[][]} layers */
function step(layers) {
  for (const layer of layers.slice(1))
    for (const node of layer) {
      node.bias -= LEARNING_RATE * node.gradient;
      for (const link of node.inputs) link.weight -= LEARNING_RATE * link.gradient;
    }
}
