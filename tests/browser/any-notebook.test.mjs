/** Pages of notebooks that nobody wrote: whatever is in them, the page is valid, shows it, and runs none of it. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { launchBrowser } from "../../tools/browser.mjs";
import { PLOTLY_MIME } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject } from "../../tools/paths.mjs";
import { drawChart, htmlMistakes, needsBrowser, openPage } from "./support.mjs";

const scratch = inProject("tests", "scratch", "any notebook, 100 % ü #1");
const notebooks = path.join(scratch, "notebooks");
const site = path.join(scratch, "site");

/** Names as people give them; the index takes them in this order. */
const NAMES = ["00 & #1.ipynb", "01 50% ü.ipynb", "02 it's 🎉.ipynb", "exercises/1%20.ipynb"];

const RUNS = Number(process.env.NOTEBOOK_RUNS ?? 3);
/** A seed and a path that an earlier run has named. */
const [seed, failingPath] = process.env.NOTEBOOKS?.split(",") ?? [];
const REPEATED = seed ? { seed: Number(seed), path: failingPath } : {};

/** What may stand in what, say a <div> in a heading, is for the author of a cell's HTML to mind. */
/** @type {Record<string, "off">} */
const OF_THE_AUTHOR = {
  "element-permitted-content": "off",
  "element-permitted-occurrences": "off",
  "element-permitted-order": "off",
  "element-permitted-parent": "off",
  "element-required-ancestor": "off",
  "element-required-content": "off",
};

/** What breaks out of its place, if its place does not hold it. */
const HOSTILE = [
  "<script>ran()</script>",
  "</title><script>ran()</script>",
  "</script><script>ran()</script>",
  "<!--<script>",
  "-->",
  "<!-- w",
  "]]>",
  "\"><img src=x onerror='ran()'>",
  "' onmouseover='ran()' x='",
  "<svg onload=ran()><g onclick=ran()></svg>",
  "<svg><script>ran()</script></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=ran()></style></mglyph></table></mtext></math>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>",
  "<a href='javascript:ran()'>here</a>",
  "[here](javascript:ran())",
  "![x](javascript:ran())",
  "<a href=' java\tscript:ran()'>here</a>",
  "<a href='vbscript:ran()'>here</a> <a href='file:///etc/passwd'>here</a>",
  "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
  "<object data='data:text/html,<script>ran()</script>'></object>",
  "<meta http-equiv=refresh content='0;url=https://example.org'>",
  "<base href='https://example.org/'><link rel=stylesheet href='https://example.org/x.css'>",
  "<style>@import url(https://example.org/x.css); * { display: none }</style>",
  "<p style='background: url(https://example.org/x.png); position: fixed; inset: 0'>here</p>",
  "<img src='https://example.org/x.png'> ![x](//example.org/x.png) <video src='http://example.org/x.mp4'></video>",
  "<form action='javascript:ran()'><button>here</button><input type=image src=x></form>",
  "<details open ontoggle=ran()><summary>here</summary>there",
  "</div></section></main></body></html>",
  "<div><table><tr><td>",
  "<plaintext>",
  "<textarea>",
  "<template><script>ran()</script>",
  "<noscript><p title='</noscript><img src=x onerror=ran()>'>",
  "<select><option>",
  "<p id=content class='toc chart plot' data-theme=dark>here</p><p id=theme>here</p>",
  "<b>not <i>well</b> nested</i>",
  "Array<number> and a<b, b>c && c&lt;d &amp;amp; &nosuch;",
  "{{ 7 * 7 }} {% raw %} {# none #}",
  "$x^2$ \\(y\\) $$z$$ \\$5",
  "$\\text{<img src=x onerror=ran()>}$",
  "| $|x|$ | `a\\|b` |",
  "`</code>` ~~~ ``` ***",
  "\u001b[31mred\u001b[0m \u001b]8;;javascript:ran()\u0007link\u001b]8;;\u0007 \u001b[2K",
  "\ud83d and \ude42",
  "\u0000\u0001\u0007\u000b\u007f\u0085\ufdd0\uffff\ufeff\u202e\u2028",
  "%3Cscript%3E #hash ?query ../../../etc/passwd",
  "__proto__ constructor toString",
  `![x](%00.png) ![x](${"a".repeat(5000)}.png) <img src='?.png'> ![x](../../../../../etc/hostname)`,
  `${"<div>".repeat(200)} ${"> ".repeat(40)} $${"{".repeat(200)}$`,
];

/** For where text is all that there can be: nothing in it keeps the rest from being seen. */
const hostileText = fc
  .tuple(
    fc.shuffledSubarray(HOSTILE, { minLength: 4, maxLength: 16 }),
    fc.string({ unit: "binary", maxLength: 20 }),
  )
  .map(([some, more]) => [...some, more].join(" "));

/** For where it may be markup. */
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  {
    weight: 2,
    arbitrary: fc
      .shuffledSubarray(HOSTILE, { minLength: 2, maxLength: 4 })
      .map((some) => some.join(" ")),
  },
);

/** Pictures of one pixel. */
/** @type {Record<string, string>} */
const PICTURES = {
  "image/png":
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "image/gif": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "image/webp": "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=",
  "image/bmp": "Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAA////AA==",
  "image/svg+xml":
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="ran()"><script>ran()</script><rect width="9" height="9"/></svg>',
};

/** Every word is another, so that each can be looked for. */
let words = 0;
const word = fc.constant(0).map(() => `w${++words}w`);

/**
 * A part of a page: the notebook's cell or output, and what must be seen of it.
 * @typedef {{ seen?: string, picture?: boolean, chart?: boolean, cell?: any, output?: any, outputs?: Part[] }} Part
 * @typedef {(seen: string, text: string) => Part} Make
 */

/** @param {Make} make */
const said = (make, texts = hostileText) =>
  fc.tuple(word, texts).map(([seen, text]) => ({ seen, ...make(seen, text) }));
/** @param {Make} make */
const marked = (make) => said(make, hostile);

/** @type {fc.Arbitrary<Part>} */
const output = fc.oneof(
  said((seen, text) => ({ output: stream("stdout", `${text}\n${seen}\n`) })),
  said((seen, text) => ({ output: stream("stderr", `${seen} ${text}`) })),
  said((seen, text) => ({
    output: { output_type: "error", ename: text, evalue: text, traceback: [text, seen] },
  })),
  said((seen, text) => ({
    output: { output_type: "error", ename: seen, evalue: text, traceback: [] },
  })),
  said((seen, text) => ({ output: shown({ "text/plain": `${seen} ${text}` }) })),
  marked((seen, text) => ({ output: shown({ "text/html": `<p>${seen}</p>${text}` }) })),
  marked((seen, text) => ({ output: shown({ "text/markdown": `${seen}\n\n${text}` }) })),
  said((seen, text) => ({ output: shown({ "text/latex": `${seen} $x$ ${text}` }) })),
  said((seen, text) => ({ output: shown({ "application/json": { [text]: [text, 1, seen] } }) })),
  said((seen, text) => ({ output: shown({ [`application/x-${seen}`]: text }) })),
  said((seen, text) => ({
    output: {
      ...shown({ "text/plain": `${seen}${text}` }),
      output_type: "execute_result",
      execution_count: 1,
    },
  })),
  fc.tuple(hostileText, fc.constantFrom(...Object.keys(PICTURES))).map(([text, mime]) => ({
    picture: true,
    output: shown({ [mime]: PICTURES[mime], "text/plain": text }),
  })),
  said((seen, text) => ({
    chart: true,
    output: shown({ [PLOTLY_MIME]: figure(text), "text/plain": `${seen} ${text}` }),
  })),
);

/** @type {fc.Arbitrary<Part>} */
const cell = fc.oneof(
  { weight: 2, arbitrary: marked((seen, text) => ({ cell: markdown(`${seen}\n\n${text}`) })) },
  marked((seen, text) => ({ cell: markdown(`# ${seen} ${text.replace(/\s/g, " ")}`) })),
  said((seen, text) => ({
    cell: markdown(`${seen}\n\n## Twice\n\n[there](<${text.replace(/[<>\s]/g, "")}>)`),
  })),
  said((seen, text) => ({ cell: { cell_type: "raw", metadata: {}, source: `${seen}${text}` } })),
  marked((seen, text) => ({
    picture: true,
    cell: {
      ...markdown(`${seen} ![${text.replace(/[[\]\\\s]/g, "")}](attachment:a%20b.png)`),
      attachments: { "a b.png": { "image/png": PICTURES["image/png"] } },
    },
  })),
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        said(() => ({})),
        hostileText,
        fc.array(output, { maxLength: 4 }),
      )
      .map(([{ seen }, text, outputs]) => ({
        seen,
        outputs,
        cell: {
          cell_type: "code",
          execution_count: outputs.length > 0 ? 1 : null,
          metadata: outputs.length % 2 ? {} : { jupyter: { outputs_hidden: true } },
          source: `${seen}\n${text}`,
          outputs: outputs.map((one) => one.output),
        },
      })),
  },
);

const notebook = fc.array(cell, { minLength: 1, maxLength: 8 });

/** @param {string} source */
function markdown(source) {
  return { cell_type: "markdown", metadata: {}, source };
}

/** @param {string} name @param {string} text */
function stream(name, text) {
  return { output_type: "stream", name, text };
}

/** @param {Record<string, unknown>} data */
function shown(data) {
  return { output_type: "display_data", data, metadata: {} };
}

/**
 * Some figures say less than the course's own, and some have two axes on one plot.
 * @param {string} text
 */
function figure(text) {
  const layouts = [
    { title: text },
    { title: { text }, xaxis: { title: { text } }, yaxis2: { overlaying: "y", side: "right" } },
    { annotations: [{ text, x: 1, y: 1 }], xaxis2: { overlaying: "x", side: "top" }, height: 200 },
    undefined,
  ];
  const layout = layouts[text.length % layouts.length];
  const data = [
    { y: [1, 2], name: text, hovertext: text, ...(layout?.yaxis2 && { yaxis: "y2" }) },
    { y: [2, 1] },
  ];
  return layout ? { data, layout } : { data };
}

describe("pages of notebooks made at random", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  test("are valid HTML, lose nothing, run nothing and ask nobody", {
    timeout: 600_000,
  }, async () => {
    const some = fc.tuple(...NAMES.map(() => notebook));
    const { failed, seed, counterexamplePath, errorInstance } = await fc.check(
      fc.asyncProperty(some, async (all) => {
        rmSync(scratch, { recursive: true, force: true });
        const stored = new Map(NAMES.map((name, index) => [name, store(name, all[index])]));
        const course = { folder: notebooks, names: NAMES };
        const { failures } = await writePages(site, stored, { course });
        assert.deepEqual(failures, []);
        for (const file of readdirSync(site, { recursive: true, encoding: "utf8" }))
          if (file.endsWith(".html"))
            assert.deepEqual(await htmlMistakes(path.join(site, file), OF_THE_AUTHOR), []);
        for (const [index, name] of NAMES.entries()) await look(name, all[index]);
      }),
      // To make a failing notebook smaller, each step of which makes a site anew, would take too long.
      { numRuns: RUNS, endOnFailure: true, ...REPEATED },
    );
    if (!failed) return;
    const error = /** @type {Error} */ (errorInstance);
    error.message += `\nTo repeat it: NOTEBOOKS=${seed},${counterexamplePath}`;
    throw error;
  });

  /** @param {string} name @param {readonly Part[]} parts */
  function store(name, parts) {
    const content = {
      cells: parts.map((part, index) => ({ id: `cell-${index}`, ...part.cell })),
      metadata: { language_info: { name: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const file = path.join(notebooks, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
    return content;
  }

  /** @param {string} name @param {readonly Part[]} parts */
  async function look(name, parts) {
    const { context, page, requests, complaints } = await openPage({}, browser);
    try {
      await page.addInitScript(() => {
        Object.assign(globalThis, { ran: () => Object.assign(globalThis, { hasRun: true }) });
      });
      const address = pathToFileURL(path.join(site, name.replace(/\.ipynb$/, ".html"))).href;
      await page.goto(address);
      await page.waitForSelector("html[data-charts=drawn]", { state: "attached", timeout: 60_000 });
      await page.evaluate(() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
      });
      for (const chart of await page.locator(".chart").all()) await drawChart(chart);
      const found = await page.evaluate(() => ({
        address: location.href,
        hasRun: "hasRun" in globalThis,
        text: document.querySelector("main")?.innerText ?? "",
        cells: document.querySelectorAll("main > [id^='cell-id=']").length,
        charts: document.querySelectorAll(".chart .main-svg .trace").length,
        schemes: [...document.querySelectorAll("body a[href]:not(.take-along a), body [src]")].map(
          (element) =>
            new URL(
              element.getAttribute("href") ?? element.getAttribute("src") ?? "",
              location.href,
            ).protocol,
        ),
        broken: [...document.images]
          .filter(({ complete, naturalWidth }) => complete && naturalWidth === 0)
          .map(({ src }) => src),
        pictures: document.querySelectorAll("main img").length,
      }));
      const outputs = parts.flatMap((part) => part.outputs ?? []);
      const missing = [...parts, ...outputs].filter(
        ({ seen }) => seen && !found.text.includes(seen),
      );
      assert.deepEqual(missing, [], `${name}: not to be seen`);
      assert.equal(found.hasRun, false, `${name}: a script of the content ran`);
      assert.equal(found.address, address);
      assert.equal(found.cells, parts.length);
      assert.equal(found.charts, 2 * outputs.filter(({ chart }) => chart).length);
      assert.ok(found.pictures >= [...parts, ...outputs].filter(({ picture }) => picture).length);
      assert.deepEqual(found.broken, []);
      assert.deepEqual(
        found.schemes.filter(
          (one) => !["file:", "https:", "http:", "mailto:", "tel:", "data:"].includes(one),
        ),
        [],
      );
      assert.deepEqual(requests, []);
      // Plotly says that it shows a formula in a chart as its source, as in JupyterLab.
      assert.deepEqual(
        complaints.filter((one) => !/MathJax is not loaded/.test(one)),
        [],
      );
    } finally {
      await context.close();
    }
  }
});
