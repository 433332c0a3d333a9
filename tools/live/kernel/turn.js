/** What each turn of a cell's loops calls: the library's `turn`, under a name that no cell uses. */
export const TURN = "__turn";
