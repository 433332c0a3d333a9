// The index of the site's text. It comes with the text, when the search is opened for the first time.
import MiniSearch from "minisearch";

/** @typedef {{ page: string, id: string, title: string, section: string, text: string, code: string }} Section */
/** @typedef {{ section: Section, terms: string[] }} Found with the words of the section that were found */

/**
 * Called by the data that the export puts behind this script.
 * @param {Section[]} sections
 */
function beginSearch(sections) {
  const index = new MiniSearch({
    idField: "number",
    fields: ["title", "section", "text", "code"],
    searchOptions: {
      boost: { title: 2, section: 4, code: 0.5 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll(sections.map((section, number) => ({ ...section, number })));
  /** @type {(query: string) => Found[]} the best first */
  const search = (query) => {
    const all = index.search(query, { combineWith: "AND" });
    const found = all.length > 0 ? all : index.search(query, { combineWith: "OR" });
    return found.slice(0, 20).flatMap(({ id, terms }) => {
      const section = sections[id];
      return section ? [{ section, terms }] : [];
    });
  };
  Object.assign(globalThis, { searchCourse: search });
}

Object.assign(globalThis, { beginSearch });
