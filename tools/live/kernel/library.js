/** The library as a script of its own, for the kernel and for each core. */
import * as library from "activation-lab";
import * as charts from "activation-lab/charts";
import * as course from "activation-lab/course";
import * as exercises from "activation-lab/exercises";
import * as lab from "../../../lib/dist/lib/course/lab.js";
import { serveThread } from "../../../lib/dist/lib/notebook/browser/threads.js";
import { isStopped, turn } from "../../../lib/dist/lib/notebook/browser/time-limit.js";
import { IS_STOPPED, TURN } from "./turn.js";

globalThis[TURN] = turn;
globalThis[IS_STOPPED] = isStopped;
globalThis.courseModules = {
  "activation-lab": library,
  "activation-lab/charts": charts,
  "activation-lab/course": course,
  "activation-lab/exercises": exercises,
};

/** What each core of `onAllCores`, a worker of the kernel's, does: it has this script and no kernel. */
globalThis.serveCore = () => serveThread(/** @type {any} */ (self), lab);
