/** The experiments of the lesson, and what it takes to repeat them over many seeds. */
export {};
