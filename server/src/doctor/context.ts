import { lookup } from 'node:dns/promises'
import SqliteFile from 'better-sqlite3'
import { IceServerSchema } from '@naervaer/shared'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import { readConfig, type Config } from '../config.ts'
import { CLIENT_DIST } from '../plugins/client-files.ts'
import { StartError } from '../start-error.ts'
import { makeTurnCredential } from '../turn/credentials.ts'
import { ask } from './ask.ts'
import type { DoctorContext, TurnAccess } from './check.ts'

const TIMEOUT_MS = 5_000
/** Long enough to see what is lost on a line that is almost good. */
const RELAY_MS = 20_000
const CREDENTIAL_SECONDS = 600
const NTP_SERVER = 'pool.ntp.org'

const TurnReplySchema = Type.Object({ iceServers: Type.Array(IceServerSchema) })

export interface ContextOptions {
  /** The address to be looked at from outside; null on the server itself. */
  readonly outside: URL | null
  readonly ca?: string
  readonly ntpServer?: string
  readonly relayMs?: number
}

/** What is looked at in earnest. */
export function makeContext({ outside, ca, ntpServer, relayMs }: ContextOptions): DoctorContext {
  const { config, problem } = outside === null ? tryConfig() : { config: null, problem: null }
  const trust = ca === undefined ? {} : { ca }
  return {
    isOutside: outside !== null,
    config,
    configProblem: problem,
    publicUrl: outside ?? (config === null ? null : new URL(config.publicUrl)),
    ...trust,
    now: () => Date.now(),
    timeoutMs: TIMEOUT_MS,
    relayMs: relayMs ?? RELAY_MS,
    ntpServer: ntpServer ?? NTP_SERVER,
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clientRoot: CLIENT_DIST,
    procRoot: '/proc',
    versions: readVersions(),
    findOffset,
    loadTurn: () =>
      outside === null
        ? Promise.resolve(findOwnTurn(config))
        : askForTurn(outside, { timeoutMs: TIMEOUT_MS, ...trust }),
  }
}

function tryConfig(): { config: Config | null; problem: string | null } {
  try {
    return { config: readConfig(), problem: null }
  } catch (error) {
    if (error instanceof StartError) return { config: null, problem: error.message }
    throw error
  }
}

/** Under a name of its own: what the doctor allocates is taken from nobody. */
export function findOwnTurn(config: Config | null): TurnAccess | null {
  const { secret, urls } = config?.turn ?? { secret: null, urls: [] }
  if (secret === null) return null
  return { urls, user: makeTurnCredential(secret, 'doctor', CREDENTIAL_SECONDS, Date.now()) }
}

/** As whoever opens `/test` gets it. */
export async function askForTurn(
  url: URL,
  patience: Pick<DoctorContext, 'ca' | 'timeoutMs'>,
): Promise<TurnAccess | null> {
  const headers = { origin: url.origin }
  const reply = await ask(patience, new URL('/api/test/turn', url), { method: 'POST', headers })
  const value: unknown = reply.status === 200 ? JSON.parse(reply.body.toString()) : null
  if (!Value.Check(TurnReplySchema, value)) throw new Error(`HTTP ${reply.status}`)
  const [server] = value.iceServers
  if (server === undefined) return null
  const { urls, username, credential } = server
  return { urls, user: { username, credential } }
}

function readVersions(): Record<string, string> {
  const memory = new SqliteFile(':memory:')
  const sqlite = memory.prepare('select sqlite_version()').pluck().get() as string
  memory.close()
  return { node: process.versions.node, sqlite }
}

/** @returns null where the zone is not known */
export function findOffset(zone: string, at: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? []
    if (hours === undefined) return name === 'GMT' ? 0 : null
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  } catch {
    return null
  }
}
