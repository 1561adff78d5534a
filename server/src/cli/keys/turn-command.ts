import { resolve } from 'node:path'
import { readTurnLifetime } from '../../config.ts'
import { systemClock } from '../../plugins/clock.ts'
import { toTime, UsageError, type BareCommand } from '../command.ts'
import { beginTurnRotation, finishTurnRotation } from './turn-secrets.ts'

/** coturn first: it must know the new secret before the server makes credentials with it. */
const BEGIN_NEXT = [
  'docker compose up -d --no-deps --force-recreate --wait turn',
  'docker compose up -d --no-deps --force-recreate --wait app',
] as const

/** The server has used the new one alone since the first step. */
const FINISH_NEXT = ['docker compose up -d --no-deps --force-recreate --wait turn app'] as const

const FINISH = 'naervaer keys rotate turn --finish'

export const rotateTurn: BareCommand = {
  name: 'keys rotate turn',
  usage: '[--to <folder>] [--finish [--now]]',
  summary:
    'change the secret that server and coturn share, in two steps in which no call fails; runs beside docker-compose.yml, as init does',
  wordCount: [0, 0],
  options: ['to'],
  flags: ['finish', 'now'],
  runBare({ options: { to = '.' }, flags }) {
    const folder = resolve(to)
    if (flags.has('now') && !flags.has('finish')) {
      throw new UsageError('--now belongs to --finish')
    }
    const step = flags.has('finish') ? finish(folder, flags.has('now')) : begin(folder)
    return Promise.resolve(step)
  },
}

function begin(folder: string) {
  const { isChanged, since } = beginTurnRotation(folder)
  const minutes = Math.ceil(readLifetimeMs() / 60_000)
  return {
    lines: [
      isChanged
        ? 'secrets/turn_secret holds a new secret in front of the former one.'
        : `A change is under way since ${toTime(since)}: nothing has been changed now.`,
      'Then, in this order, so that coturn knows the new one before the server uses it:',
      ...BEGIN_NEXT.map((command) => `  ${command}`),
      'Calls through coturn stand still for some seconds when it starts anew, and go on by themselves.',
      `${minutes} minutes or more after the server's start, when nobody has a credential of before: ${FINISH}`,
    ],
    json: { isChanged, since, next: [...BEGIN_NEXT, FINISH] },
  }
}

function finish(folder: string, isAtOnce: boolean) {
  const lifetimeMs = isAtOnce ? 0 : readLifetimeMs()
  const { isChanged, since } = finishTurnRotation(folder, lifetimeMs, systemClock.now())
  return {
    lines: [
      'secrets/turn_secret holds the new secret only. Now coturn must forget the former one:',
      ...FINISH_NEXT.map((command) => `  ${command}`),
    ],
    json: { isChanged, since, next: FINISH_NEXT },
  }
}

/** `TURN_TTL`, which the stack leaves as it is. */
const readLifetimeMs = () => readTurnLifetime() * 1_000
