/** A core of `onAllCores`: a worker of the kernel's. */
import * as lab from "../../../lib/dist/lib/course/lab.js";
import { serveThread } from "../../../lib/dist/lib/notebook/browser/threads.js";

serveThread(self, lab);
