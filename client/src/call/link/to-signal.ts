import { CandidateSchema, DescriptionSchema } from '@naervaer/shared'
import { makeCheck } from '../../services/socket/check.ts'
import type { Signal } from './signal-order.ts'

const isDescription = makeCheck(DescriptionSchema)
const isCandidate = makeCheck(CandidateSchema)

/**
 * Puts what simple-peer wants to have sent into our words.
 *
 * @returns null for what the wire does not carry: requests to renegotiate, which a link that is
 *   set up once never needs
 */
export function toSignal(data: object): Signal | null {
  if ('sdp' in data && 'type' in data) {
    const description = { type: data.type, sdp: data.sdp }
    return isDescription(description) ? { type: 'description', description } : null
  }
  if ('candidate' in data) {
    const candidate = pickCandidate(data.candidate)
    return isCandidate(candidate) ? { type: 'candidate', candidate } : null
  }
  return null
}

function pickCandidate(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null
  const { candidate, sdpMid = null, sdpMLineIndex = null } = value as Record<string, unknown>
  return { candidate, sdpMid, sdpMLineIndex }
}
