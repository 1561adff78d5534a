import { page } from '../texts/page.ts'

/**
 * `nv-live-text` and `nv-digits` with their texts: what the two can do beside talking. Of no use before
 * the answer, so no ring waits for it; to be asked for while it rings.
 */
export const loadBeside = page(['beside'], () => import('../components/beside.ts'))
