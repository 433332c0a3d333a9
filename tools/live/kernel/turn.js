/** What each turn of a cell's loops calls: the library's `turn`, under a name that no cell uses. */
export const TURN = "__turn";
/** What each async function of a cell asks as it begins: the library's `isStopped`. */
export const IS_STOPPED = "__isStopped";
