import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import { MIN_TURN_SECRET } from '../../config.ts'
import { StartError } from '../../start-error.ts'

const SECRET_BYTES = 32
const PATH = join('secrets', 'turn_secret')

/** Where a change of the secret stands. */
export interface TurnRotation {
  /** Whether this command has changed the file. */
  readonly isChanged: boolean
  /** Since when coturn takes two secrets; null where it takes one. */
  readonly since: UnixMs | null
}

/**
 * Puts a new secret in front of the one that is used: the server signs with the first line, coturn takes both.
 * Where a change is under way already nothing is done.
 *
 * @param folder - that of docker-compose.yml
 * @throws StartError where the file is not there, not as it should be, or cannot be written
 */
export function beginTurnRotation(folder: string): TurnRotation {
  const { lines, changedAt } = read(folder)
  const [present = ''] = lines
  if (lines.length === 2) return { isChanged: false, since: changedAt }
  replace(folder, [randomBytes(SECRET_BYTES).toString('hex'), present])
  return { isChanged: true, since: read(folder).changedAt }
}

/**
 * Drops the former secret.
 *
 * @param lifetimeMs - how long credentials hold that were made with it; 0 drops it at once
 * @throws StartError where no change is under way, or credentials made with the former secret still hold
 */
export function finishTurnRotation(
  folder: string,
  lifetimeMs: DurationMs,
  now: UnixMs,
): TurnRotation {
  const { lines, changedAt } = read(folder)
  const [present = '', former] = lines
  if (former === undefined) {
    throw new StartError(`${PATH} holds one secret: there is nothing to finish.`)
  }
  const endsAt = changedAt + lifetimeMs
  if (now < endsAt) {
    const minutes = Math.ceil((endsAt - now) / 60_000)
    throw new StartError(
      `credentials made with the former secret hold for up to ${minutes} minutes more. Finish then; --now does not wait, and cuts what they relay.`,
    )
  }
  replace(folder, [present])
  return { isChanged: true, since: null }
}

function read(folder: string): { lines: readonly string[]; changedAt: UnixMs } {
  const path = join(folder, PATH)
  const text = attempt(`${PATH} cannot be read here; --to names the folder of the stack.`, () =>
    readFileSync(path, 'utf8'),
  )
  const lines = text.trim().split('\n')
  const isGood = lines.length <= 2 && lines.every((line) => line.trim().length >= MIN_TURN_SECRET)
  if (!isGood) {
    throw new StartError(
      `${PATH} must hold one or two lines of at least ${MIN_TURN_SECRET} characters.`,
    )
  }
  return { lines: lines.map((line) => line.trim()), changedAt: Math.floor(statSync(path).mtimeMs) }
}

/** Whole or not at all, with the mode that the containers' users need to read it. */
function replace(folder: string, lines: readonly string[]): void {
  const path = join(folder, PATH)
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  attempt(`${PATH} cannot be written; it is as it was.`, () => {
    try {
      const file = openSync(draft, 'wx', 0o600)
      try {
        writeSync(file, lines.map((line) => `${line}\n`).join(''))
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      // Whatever the umask is.
      chmodSync(draft, statSync(path).mode & 0o777)
      renameSync(draft, path)
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function attempt<T>(complaint: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new StartError(complaint, { cause: error })
  }
}
