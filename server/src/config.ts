import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import type { MediaPolicy } from '@naervaer/shared'
import { LOCAL_HOSTS, toOidcConfig, type OidcVariable } from './oidc-config.ts'
import { toPushConfig } from './push-config.ts'
import { RETENTION_DAYS, RETENTION_PATTERN, toRetentionConfig } from './retention-config.ts'
import { defaultFolder } from './backup-folder.ts'
import { BACKUP_PUBLIC_KEY } from './backup-key.ts'
import { isExampleSecret } from './example-secret.ts'
import { StartError } from './start-error.ts'

const PORT_PATTERN =
  '^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$'
const TURN_URL = /^turns?:(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?(\?transport=(udp|tcp))?$/
/** Nobody's: no Danish number begins with 0. */
const DEMO_PHONE = '00 00 00 00'
/** Nor is there such a municipality. */
const DEMO_NAME = 'Prøveby Kommune'
const SWITCH = ['on', 'off', '1', '0', 'true', 'false']
export const MIN_TURN_SECRET = 16
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** A variable; `mustBe` is what its one-line complaint says. */
const text = (mustBe: string, options: Type.TStringOptions = {}) =>
  Type.String({ minLength: 1, ...options, description: mustBe })
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Enum([...values], { description: `one of ${values.join(', ')}` }))

const days = (fallback: number) =>
  text('days from 7 to 3650', { pattern: RETENTION_PATTERN, default: String(fallback) })

/** The environment as it is written; everything else is derived from it. */
const EnvironmentSchema = Type.Object({
  PORT: text('a port number from 1 to 65535', { pattern: PORT_PATTERN, default: '8080' }),
  HOST: text('an address or host name', { pattern: '^[A-Za-z0-9.:_-]+$', default: '127.0.0.1' }),
  PUBLIC_URL: Type.Optional(text('an http or https address without a path')),
  DATA_DIR: text('a folder', { default: './data' }),
  BACKUP_PUBLIC_KEY: Type.Optional(
    text('a public key that begins with age1, as naervaer backup keygen prints it', {
      pattern: BACKUP_PUBLIC_KEY.source,
    }),
  ),
  BACKUP_DIR: Type.Optional(text('a folder')),
  BACKUP_KEEP_DAYS: text('days from 1 to 3650', {
    pattern: '^([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)$',
    default: '30',
  }),
  RETENTION_CALLS_DAYS: days(RETENTION_DAYS.RETENTION_CALLS_DAYS),
  RETENTION_APPOINTMENTS_DAYS: days(RETENTION_DAYS.RETENTION_APPOINTMENTS_DAYS),
  RETENTION_CHOICE_DAYS: days(RETENTION_DAYS.RETENTION_CHOICE_DAYS),
  RETENTION_AUDIT_DAYS: days(RETENTION_DAYS.RETENTION_AUDIT_DAYS),
  RETENTION_PUSH_DAYS: days(RETENTION_DAYS.RETENTION_PUSH_DAYS),
  MASTER_KEY: Type.Optional(text('32 random bytes, as openssl rand -hex 32 prints them')),
  BREAK_GLASS: Type.Optional(text('sign-in names with commas between')),
  TURN_URLS: Type.Optional(text('turn: or turns: addresses with commas between')),
  TURN_SECRET: Type.Optional(text('at least 16 characters', { minLength: MIN_TURN_SECRET })),
  TURN_TTL: text('seconds from 60 to 86400', { pattern: '^[1-9][0-9]{1,4}$', default: '7200' }),
  MEDIA_POLICY: Type.Unsafe<MediaPolicy>({ ...oneOf(['all', 'relay']), default: 'all' }),
  DUTY_PHONE: Type.Optional(
    text('a telephone number of 3 to 20 digits and spaces, such as 12 34 56 78', {
      pattern: '^\\+?[0-9][0-9 ]{1,18}[0-9]$',
      maxLength: 20,
    }),
  ),
  MUNICIPALITY_NAME: Type.Optional(text('a name of at most 60 characters', { maxLength: 60 })),
  PRIVACY_URL: Type.Optional(text('an https address', { maxLength: 300 })),
  ACCESSIBILITY_STATEMENT_URL: Type.Optional(text('an https address', { maxLength: 300 })),
  PUSH_ENABLED: Type.Unsafe<string>({ ...oneOf(SWITCH), default: 'on' }),
  VAPID_SUBJECT: Type.Optional(text('at most 200 characters', { maxLength: 200 })),
  PUSH_HOSTS: Type.Optional(text('at most 1000 characters', { maxLength: 1_000 })),
  CALENDAR_NAMES: Type.Unsafe<string>({ ...oneOf(SWITCH), default: 'off' }),
  DEMO: Type.Unsafe<string>({
    ...oneOf(SWITCH),
    default: 'off',
  }),
  NODE_ENV: text('a word such as production', { default: 'development' }),
  LOG_LEVEL: Type.Unsafe<(typeof LOG_LEVELS)[number]>({ ...oneOf(LOG_LEVELS), default: 'info' }),
  TRUST_PROXY: text('off, or addresses of proxies with commas between', { default: 'off' }),
  TLS_CERT: Type.Optional(text('a certificate in PEM, or the path of one')),
  TLS_KEY: Type.Optional(text('a key in PEM, or the path of one')),
  METRICS_TOKEN: Type.Optional(
    text('at least 16 characters without blanks', { pattern: '^[!-~]{16,200}$' }),
  ),
  OIDC_ISSUER: Type.Optional(text('an address of at most 300 characters', { maxLength: 300 })),
  OIDC_CLIENT_ID: Type.Optional(text('at most 200 characters', { maxLength: 200 })),
  OIDC_CLIENT_SECRET: Type.Optional(text('at least 16 characters', { minLength: 16 })),
  OIDC_ROLE_CLAIM: Type.Optional(text('the name of a claim', { maxLength: 200 })),
  OIDC_ROLE_MAP: Type.Optional(text('name=role with commas between')),
  OIDC_REQUIRED_ACR: Type.Optional(text('values of acr with commas between')),
})
type Environment = Type.Static<typeof EnvironmentSchema>
type VariableName = keyof Environment

/** Their file may be empty: the stack mounts it always. An empty one of any other secret is a mistake. */
const EMPTY_UNTIL_NEEDED: ReadonlySet<VariableName> = new Set(['OIDC_CLIENT_SECRET'])

/** What the process is told from outside, checked; see the table in the operating manual. */
export type Config = ReturnType<typeof toConfig>

/**
 * Reads and checks the environment. Every variable may also come as `NAME_FILE`.
 *
 * @throws StartError with one line that names the variable
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given: Record<string, string> = {}
  for (const name of Object.keys(EnvironmentSchema.properties) as VariableName[]) {
    const value = readVariable(env, name)
    if (value !== undefined) given[name] = value
  }
  const candidate = Value.Default(EnvironmentSchema, given)
  for (const name of Object.keys(EnvironmentSchema.properties) as VariableName[]) {
    const schema = EnvironmentSchema.properties[name]
    const value = given[name]
    if (value !== undefined && !Value.Check(schema, value)) {
      refuse(name, `must be ${String(Reflect.get(schema, 'description'))}`)
    }
  }
  if (!Value.Check(EnvironmentSchema, candidate))
    throw new StartError('the environment is incomplete')
  return toConfig(candidate)
}

/**
 * How long a TURN credential holds, in seconds, for commands that run beside the stack and without its environment.
 *
 * @throws StartError as `readConfig` does
 */
export function readTurnLifetime(
  env: Readonly<Record<string, string | undefined>> = process.env,
): number {
  return readConfig({ TURN_TTL: env['TURN_TTL'] }).turn.lifetimeSeconds
}

/**
 * Makes the system's resolver give up on a name after two attempts of two seconds (resolv.conf(5)), unless the
 * environment says otherwise. Such a question cannot be taken back, and no process ends before its answer: libuv
 * waits for its threads also in `exit`. By itself it is ten seconds and more.
 */
export function limitNameQuestions(env: Record<string, string | undefined> = process.env): void {
  env['RES_OPTIONS'] ??= 'timeout:2 attempts:2'
}

/** What the machine's own programs speak (POSIX `LANG`); Danish unless it says English. */
export function readMachineLanguage(
  env: Readonly<Record<string, string | undefined>> = process.env,
): 'da' | 'en' {
  return /^en/i.test(env['LANG'] ?? '') ? 'en' : 'da'
}

function refuse(name: VariableName, problem: string): never {
  throw new StartError(`${name} ${problem}.`)
}

/** An empty variable counts as not set, as compose files write it. */
function readVariable(env: Readonly<Record<string, string | undefined>>, name: VariableName) {
  const value = env[name]
  const file = env[`${name}_FILE`]
  if (value !== undefined && value !== '') return value
  if (file === undefined || file === '') return undefined
  const text = readText(`${name}_FILE`, file)
  return text === '' && EMPTY_UNTIL_NEEDED.has(name) ? undefined : text
}

function readText(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new StartError(`${variable} names a file that cannot be read.`)
  }
}

function toConfig(env: Environment) {
  const tls = toTls(env)
  const port = Number(env.PORT)
  const publicUrl = toPublicUrl(env, `${tls === null ? 'http' : 'https'}://localhost:${port}`)
  const isProduction = env.NODE_ENV === 'production'
  const isDemo = ['on', '1', 'true'].includes(env.DEMO)
  if (isDemo && isProduction) refuse('DEMO', 'cannot be on with NODE_ENV=production')
  const dataDir = resolve(env.DATA_DIR)
  refuseShortMemory(env)
  return {
    port,
    host: env.HOST,
    /** The one origin that users see, such as `https://video.example.dk`. */
    publicUrl: publicUrl.origin,
    /** Nobody has said which: links lead to this machine only. */
    isPublicUrlDefault: env.PUBLIC_URL === undefined,
    isHttps: publicUrl.protocol === 'https:',
    /** Origins from which the page may speak to this server: the public one, in the demo also its twin. */
    origins: listOrigins(publicUrl, isDemo),
    dataDir,
    databaseFile: join(dataDir, 'naervaer.sqlite'),
    backup: {
      /** To whom backups are encrypted; null where there are none. */
      publicKey: env.BACKUP_PUBLIC_KEY ?? null,
      folder: resolve(env.BACKUP_DIR ?? defaultFolder(dataDir)),
      keepDays: Number(env.BACKUP_KEEP_DAYS),
    },
    retention: toRetentionConfig(env),
    /** Instead of the key kept in `DATA_DIR`; null where none is given. */
    masterKey: env.MASTER_KEY ?? null,
    /** Sign-in names that may use a passphrase also where the municipality's own accounts are used. */
    breakGlass: toBreakGlass(env.BREAK_GLASS),
    turn: toTurn(env),
    isDemo,
    /** Whom a citizen rings who has no other number, as it is shown; null where there is none. */
    dutyPhone: env.DUTY_PHONE ?? (isDemo ? DEMO_PHONE : null),
    /** What the law asks whoever runs this to say of it. */
    municipality: {
      /** As citizens read it; null where it has not said. */
      name: env.MUNICIPALITY_NAME ?? (isDemo ? DEMO_NAME : null),
      /** How personal data are treated (GDPR art. 13); null where that is told elsewhere only. */
      privacyUrl: toLink(env, 'PRIVACY_URL'),
      /** The accessibility statement (webtilgængelighedsloven § 4); null where there is none. */
      accessibilityUrl: toLink(env, 'ACCESSIBILITY_STATEMENT_URL'),
    },
    /** Whether citizens' first names stand in the calendars that workers read elsewhere. */
    hasNamesInCalendars: ['on', '1', 'true'].includes(env.CALENDAR_NAMES),
    isProduction,
    isTest: env.NODE_ENV === 'test',
    /** What reads figures of the operation must know; null where only this machine may. */
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    trustProxy: toTrustProxy(env.TRUST_PROXY),
    tls,
    push: toPushConfig(pickPush(env), { publicUrl, isProduction }, refuse),
    /** Signing in with the municipality's own accounts; null where it is not set up. */
    oidc: toOidcConfig(pickOidc(env), refuse),
  }
}

/**
 * A restore asks the former records what has ended since the backup: a "no" or a line of the log that is gone sooner
 * than the backups would be undone by one of them.
 */
function refuseShortMemory(env: Environment): void {
  if (env.BACKUP_PUBLIC_KEY === undefined) return
  for (const name of ['RETENTION_CHOICE_DAYS', 'RETENTION_AUDIT_DAYS'] as const) {
    if (Number(env[name]) <= Number(env.BACKUP_KEEP_DAYS)) {
      refuse(name, 'must be more days than BACKUP_KEEP_DAYS')
    }
  }
}

function toLink(env: Environment, name: 'PRIVACY_URL' | 'ACCESSIBILITY_STATEMENT_URL') {
  const text = env[name]
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:') refuse(name, 'must be an https address')
  return url.href
}

function pickPush({ PUSH_ENABLED, VAPID_SUBJECT, PUSH_HOSTS }: Environment) {
  return {
    PUSH_ENABLED,
    ...(VAPID_SUBJECT === undefined ? {} : { VAPID_SUBJECT }),
    ...(PUSH_HOSTS === undefined ? {} : { PUSH_HOSTS }),
  }
}

function pickOidc(env: Environment) {
  const named = Object.entries(env).filter(([name]) => name.startsWith('OIDC_'))
  return Object.fromEntries(named) as Partial<Record<OidcVariable, string>>
}

function toPublicUrl(env: Environment, fallback: string): URL {
  const text = env.PUBLIC_URL ?? fallback
  const url = URL.canParse(text) ? new URL(text) : null
  const isOrigin =
    url !== null && /^https?:$/.test(url.protocol) && text.replace(/\/$/, '') === url.origin
  if (!isOrigin) refuse('PUBLIC_URL', 'must be an http or https address without a path')
  if (url.protocol === 'http:' && !LOCAL_HOSTS.has(url.hostname)) {
    refuse('PUBLIC_URL', 'must begin with https:// unless it is this machine, such as localhost')
  }
  return url
}

/**
 * A browser keeps one cookie jar per host, so two people cannot be signed in side by side in the
 * demo unless the server answers under two: `localhost` and `127.0.0.1`.
 */
function listOrigins(publicUrl: URL, isDemo: boolean): readonly string[] {
  const twinHost = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[publicUrl.hostname]
  if (!isDemo || twinHost === undefined) return [publicUrl.origin]
  const twin = new URL(publicUrl)
  twin.hostname = twinHost
  return [publicUrl.origin, twin.origin]
}

function toBreakGlass(value: string | undefined): ReadonlySet<string> {
  const names = value?.split(',').map((name) => name.trim()) ?? []
  if (names.length > 20 || !names.every((name) => /^[a-z0-9.]{1,60}$/.test(name))) {
    refuse('BREAK_GLASS', 'must be sign-in names, such as mette.holm, with commas between')
  }
  return new Set(names)
}

function toTurn(env: Environment) {
  const lifetimeSeconds = Number(env.TURN_TTL)
  if (lifetimeSeconds < 60 || lifetimeSeconds > 86_400)
    refuse('TURN_TTL', 'must be seconds from 60 to 86400')
  if (env.TURN_URLS === undefined) {
    if (env.TURN_SECRET !== undefined) refuse('TURN_URLS', 'is missing beside TURN_SECRET')
    if (env.MEDIA_POLICY === 'relay') refuse('MEDIA_POLICY', 'cannot be relay without TURN_URLS')
    return { urls: [], secret: null, lifetimeSeconds, policy: env.MEDIA_POLICY }
  }
  const urls = env.TURN_URLS.split(',').map((url) => url.trim())
  if (urls.length > 10 || !urls.every((url) => TURN_URL.test(url))) {
    refuse('TURN_URLS', 'must be one to ten turn: or turns: addresses with commas between')
  }
  const secret = toTurnSecret(
    env.TURN_SECRET ?? refuse('TURN_SECRET', 'is missing beside TURN_URLS'),
  )
  return { urls, secret, lifetimeSeconds, policy: env.MEDIA_POLICY }
}

/**
 * One secret in each line. The first one signs; the other is there while it is being changed, for coturn alone.
 *
 * @returns the one that signs
 */
function toTurnSecret(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const [secret = '', ...others] = lines
  if (others.length > 1) refuse('TURN_SECRET', 'has more than two lines')
  for (const line of lines) {
    if (line.length < MIN_TURN_SECRET)
      refuse('TURN_SECRET', `needs at least ${MIN_TURN_SECRET} characters in each line`)
    if (isExampleSecret(line))
      refuse('TURN_SECRET', 'is an example and not random: openssl rand -hex 32 makes one')
  }
  return secret
}

/** @returns addresses of proxies whose `X-Forwarded-For` is believed, or false */
function toTrustProxy(value: string): string[] | false {
  if (value === 'off') return false
  const addresses = value.split(',').map((address) => address.trim())
  if (!addresses.every((address) => isIP(address.replace(/\/[0-9]{1,3}$/, '')) !== 0)) {
    refuse('TRUST_PROXY', 'must be off, or addresses of proxies with commas between')
  }
  return addresses
}

function toTls(env: Environment): { cert: string; key: string } | null {
  if (env.TLS_CERT === undefined && env.TLS_KEY === undefined) return null
  const cert = env.TLS_CERT ?? refuse('TLS_CERT', 'is missing beside TLS_KEY')
  const key = env.TLS_KEY ?? refuse('TLS_KEY', 'is missing beside TLS_CERT')
  const pair = { cert: readPem('TLS_CERT', cert), key: readPem('TLS_KEY', key) }
  try {
    createSecureContext(pair)
  } catch {
    refuse('TLS_CERT', 'and TLS_KEY must be a certificate and its key in PEM')
  }
  return pair
}

function readPem(name: VariableName, value: string): string {
  return value.startsWith('-----BEGIN') ? value : readText(name, value)
}
