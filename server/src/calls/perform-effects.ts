import type { FastifyBaseLogger } from 'fastify'
import {
  judgeAttempt,
  NaervaerError,
  type AttemptResult,
  type Call,
  type Step,
  type UnixMs,
} from '@naervaer/shared'
import type { PresenceHub } from '../presence/hub.ts'
import type { LiveCall } from './live-call.ts'
import type { CallsRepository, SaveGuard } from './repository.ts'
import { findSideOfPerson, makeCallView } from './view.ts'

export interface EffectTools {
  readonly repository: CallsRepository
  readonly presence: PresenceHub
  readonly log: FastifyBaseLogger
  /** See `save`; for the first write of a call. */
  readonly guard?: SaveGuard
  /** Told after the call has its new state and before anybody else is. */
  readonly onStepped: (live: LiveCall) => void
}

const STORED = new Set(['record', 'openLeg', 'closeLeg'])

/**
 * Does what the machine asked for: storage first, and only then memory, timers and news. Where
 * storage fails, nothing has happened and nobody has been told.
 *
 * @throws NaervaerError with the code of a `reject`; whatever storage throws
 */
export async function performEffects(
  live: LiveCall,
  { call, effects }: Step,
  now: UnixMs,
  tools: EffectTools,
): Promise<void> {
  const stored = effects.filter((effect) => STORED.has(effect.type))
  const fault = live.notes.findNewFault(call)
  if (stored.length > 0 || fault !== null) {
    // A deadline noticed late ends the call, and with it the leg, when it was due.
    const at = call.state === 'ended' ? call.endedAt : now
    const readBeside = () => ({
      generation: getHighestGeneration(live, call),
      result: judge(live, call),
      isRelayed: live.isRelayed,
      isWorkerAlone: live.isWorkerAlone,
      onBehalfOf: live.insteadOf?.id ?? null,
      fault,
    })
    await tools.repository.save(call, readBeside, stored, at, tools.guard)
  }
  live.notes.noteDevices(call)
  live.call = call
  live.generation = getHighestGeneration(live, call)
  tools.onStepped(live)
  if (stored.length > 0) logStep(call, tools.log)
  for (const effect of effects) {
    if (effect.type === 'announce') announce(live, tools.presence)
    if (effect.type === 'reject') throw new NaervaerError(effect.code)
  }
}

/** Derived once, when the call ends, from how it went and what it met. */
function judge(live: LiveCall, call: Call): AttemptResult | null {
  return call.state === 'ended' ? judgeAttempt(call, live.notes.getFacts(live.call)) : null
}

/** What IT support can follow a call by: its id, and never whose it is. */
function logStep(call: Call, log: FastifyBaseLogger): void {
  const end = call.state === 'ended' ? { outcome: call.outcome, endReason: call.endReason } : {}
  log.info({ callId: call.id, state: call.state, ...end }, 'call')
}

function getHighestGeneration(live: LiveCall, call: Call): number {
  return Math.max(live.generation, 'generation' in call ? call.generation : 0)
}

/** Every connection of both people gets its own view. */
export function announce(live: LiveCall, presence: PresenceHub): void {
  for (const personId of [live.call.workerId, live.call.citizenId]) {
    const side = findSideOfPerson(live.call, personId)
    if (side === null) continue
    for (const connection of presence.listConnections(personId)) {
      connection.send({ type: 'call.changed', call: makeCallView(live, side, connection) })
    }
  }
}
