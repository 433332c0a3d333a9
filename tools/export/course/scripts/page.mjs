// What runs in a page. The export puts it all into one script, for modules do not load from disk.
import "./theme.mjs";
import "./answers.mjs";
import "./charts.mjs";
import "./copy.mjs";
import "./download.mjs";
import "./figures.mjs";
import "./glossary.mjs";
import "./headings.mjs";
import "./keys.mjs";
import "./predict.mjs";
import "./print.mjs";
import "./scrolling.mjs";
import "./search.mjs";
import "./so-far.mjs";
import "./top.mjs";
