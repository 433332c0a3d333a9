/** The editor of cells: loaded when the first one is edited. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** More candidates than a reader looks through. */
const MOST_CANDIDATES = 300;

/**
 * @param {{ parent: HTMLElement, text: string, label: string, describedBy: string,
 *   onChange(text: string): void,
 *   run(options: { goOn?: boolean }): void,
 *   leave(): void,
 *   complete(code: string, position: number): Promise<any> | undefined,
 *   inspect(code: string, position: number): any }} options
 */
function open({ parent, text, label, describedBy, onChange, run, leave, complete, inspect }) {
  /** Whether the text is being set from outside. */
  let isSetting = false;

  async function candidates(context) {
    const word = context.matchBefore(/[\w$]+$/);
    const isAfterDot = context.matchBefore(/\.$/) !== null;
    if (!word && !isAfterDot && !context.explicit) return null;
    const found = await complete(context.state.doc.toString(), context.pos);
    if (!found || context.aborted) return null;
    const options = found.candidates.slice(0, MOST_CANDIDATES).map((name) => ({ label: name }));
    return { from: found.start, to: found.end, options, validFor: /^[\w$]*$/ };
  }

  async function explain(view, position) {
    const said = await inspect(view.state.doc.toString(), position);
    if (!said) return null;
    const dom = document.createElement("pre");
    dom.className = "explained";
    dom.textContent = said;
    return { pos: position, create: () => ({ dom }) };
  }

  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      // Before the others, which have some of these keys, too. Tab goes on, as everywhere on the page.
      keymap.of([
        { key: "Shift-Enter", run: () => done(run({ goOn: true })) },
        { key: "Mod-Enter", run: () => done(run({})) },
        { key: "Escape", run: ({ state }) => !completionStatus(state) && done(leave()) },
      ]),
      history(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      EditorView.lineWrapping,
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      closeBrackets(),
      javascript({ typescript: true }),
      syntaxHighlighting(classHighlighter),
      autocompletion({ override: [candidates] }),
      hoverTooltip(explain),
      keymap.of([...completionKeymap, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-describedby": describedBy,
        // Phones would write code as if it were prose.
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !isSetting) onChange(update.state.doc.toString());
      }),
    ],
  });

  return {
    focus: () => view.focus(),
    setText(value) {
      isSetting = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
      isSetting = false;
    },
    /** @param {readonly { from: number, to: number, message: string }[]} problems */
    mark(problems) {
      const { length } = view.state.doc;
      const marks = problems.map(({ from, to, message }) => ({
        from: Math.min(from, length),
        to: Math.min(Math.max(to, from + 1), length),
        severity: /** @type {const} */ ("error"),
        message,
      }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
  };
}

/** A key that has done what it does. */
function done(_) {
  return true;
}

Object.assign(globalThis, { openCourseEditor: open });
