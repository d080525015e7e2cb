/** Most bars of one histogram: more than a chart has pixels tell nothing. */
export const MOST_BUCKETS = 10_000;
