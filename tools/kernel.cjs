/** The course's kernel: tslab, with its faults mended. This is the file that Jupyter starts. */
const endWithParent = require("./kernel/parent.cjs");
const hearInterruptMessage = require("./kernel/interrupt-message.cjs");
const createRuns = require("./kernel/runs.cjs");
const mendSockets = require("./kernel/sockets.cjs");
const mendTslab = require("./kernel/tslab.cjs");

const runs = createRuns();
const requireFromTslab = mendTslab(runs.stops);
mendSockets(requireFromTslab("zeromq"));
const jupyter = requireFromTslab("./dist/jupyter.js");
hearInterruptMessage(jupyter.ZmqServer);
runs.share(jupyter);
const executor = requireFromTslab("./dist/executor.js");
executor.createExecutor = runs.executorWith(executor.createExecutor);

endWithParent();
requireFromTslab("./dist/main.js").main();
runs.silence();
