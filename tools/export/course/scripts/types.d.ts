/** What the pages' scripts know of plotly and its figures. */

/** A layout: axes, by names such as `xaxis2`, and all else. */
export interface Layout {
  // biome-ignore lint/suspicious/noExplicitAny: what else plotly knows
  [name: string]: any;
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of trace has properties of its own
export type Trace = Record<string, any>;

export interface Figure {
  data: Trace[];
  layout: Layout;
  frames?: { name?: string; layout?: Layout }[];
}

/** What plotly makes of an element; the figure is there once it is drawn. */
export type Plot = HTMLElement & Partial<Pick<Figure, "data">> & { layout: Layout };

export interface PlotlyModule {
  animate(plot: Plot, ...args: unknown[]): Promise<unknown>;
  react(plot: Plot, figure: Figure & { config: object }): Promise<unknown>;
  relayout(plot: Plot, changes: Layout): Promise<unknown>;
}
