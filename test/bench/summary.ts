/** Of several measurements, in milliseconds. */
export interface Summary {
  readonly medianMs: number
  readonly p95Ms: number
  readonly runs: number
}

/** @param values - at least one */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return {
    medianMs: Math.round(at(0.5) ?? NaN),
    p95Ms: Math.round(at(0.95) ?? NaN),
    runs: sorted.length,
  }
}
