/** Severity of an event, gravest first. */
export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 is the gravest. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const graver = (a: Severity, b: Severity): Severity => (severityRank(a) <= severityRank(b) ? a : b);
