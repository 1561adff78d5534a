import type { UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { TurnUser } from '../turn-client/turn-client.ts'

/** The languages that the doctor speaks. */
export const DOCTOR_LANGUAGES = ['da', 'en'] as const
export type DoctorLanguage = (typeof DOCTOR_LANGUAGES)[number]

/** The same in each language. */
export type Words = Readonly<Record<DoctorLanguage, string>>

/** How it stands; `unseen` where it cannot be known from here, which is neither good nor bad. */
export type Level = 'ok' | 'warning' | 'error' | 'unseen'

/** What a check found, and what to do about it. */
export interface Finding {
  readonly level: Level
  /** Stable, for whoever watches. */
  readonly code: string
  readonly text: Words
  readonly todo?: Words
}

/** One of the twenty things that are looked at. */
export interface Check {
  readonly number: number
  readonly name: Words
  /** Whether it can be done from a machine that has only the address. */
  readonly isFromOutside: boolean
  run(context: DoctorContext): Promise<readonly Finding[]>
}

/** TURN as people get it. */
export interface TurnAccess {
  readonly urls: readonly string[]
  readonly user: TurnUser
}

/** What checks look at, and how patiently. */
export interface DoctorContext {
  /** Looks from a machine that is not the server's. */
  readonly isOutside: boolean
  /** null where the environment is not accepted, and outside. */
  readonly config: Config | null
  /** Why it is not accepted. */
  readonly configProblem: string | null
  readonly publicUrl: URL | null
  /** Certificates to trust instead of the usual ones, in PEM. */
  readonly ca?: string
  readonly now: () => UnixMs
  /** How long an answer is waited for. */
  readonly timeoutMs: number
  /** How long packets go through the relay. */
  readonly relayMs: number
  /** `host` or `host:port`. */
  readonly ntpServer: string
  readonly resolve: (host: string) => Promise<readonly string[]>
  /** Where the built client lies. */
  readonly clientRoot: string
  /** Where the kernel tells of processes. */
  readonly procRoot: string
  /** Names and versions of the programs that are used. */
  readonly versions: Readonly<Record<string, string>>
  /** Minutes between UTC and the clock in a zone. */
  readonly findOffset: (zone: string, at: UnixMs) => number | null
  /** null where there is no TURN server. @throws Error where nobody answers */
  readonly loadTurn: () => Promise<TurnAccess | null>
}

/** All is well. */
export const ok = (code: string, text: Words): Finding => ({ level: 'ok', code, text })

/** It works, and somebody should act all the same. */
export const warning = (code: string, text: Words, todo: Words): Finding => ({
  level: 'warning',
  code,
  text,
  todo,
})

/** People will meet it. */
export const failure = (code: string, text: Words, todo: Words): Finding => ({
  level: 'error',
  code,
  text,
  todo,
})

/** It cannot be known from here. */
export const unseen = (code: string, text: Words): Finding => ({ level: 'unseen', code, text })

/** Only a machine elsewhere can know. */
export const onlyFromOutside = (): Finding =>
  unseen('OUTSIDE_ONLY', {
    da: 'Kan kun ses udefra: kør naervaer doctor --outside <adresse> på en anden maskine.',
    en: 'Can only be seen from outside: run naervaer doctor --outside <address> on another machine.',
  })

/** Only the server's own machine can know. */
export const onlyFromInside = (): Finding =>
  unseen('INSIDE_ONLY', {
    da: 'Kan kun ses på serveren: kør naervaer doctor dér.',
    en: 'Can only be seen on the server: run naervaer doctor there.',
  })

/** Where nobody answers at all, or with a certificate that another check speaks of. */
export function isUnreached(why: string): boolean {
  return /^(E[A-Z]+|[A-Z_]*(CERT|SIGNATURE|ISSUER|ALTNAME)[A-Z_]*)$/.test(why)
}

/** An error in one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return code ?? error.message.split('\n')[0] ?? ''
}
