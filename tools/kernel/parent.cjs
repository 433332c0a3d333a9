/**
 * Ends the kernel when the Jupyter that started it is gone: Jupyter starts kernels in a session of their own, so
 * that they would outlive a Jupyter that was killed.
 */
module.exports = function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") process.exit(1);
    }
  }, 2000).unref();
};
