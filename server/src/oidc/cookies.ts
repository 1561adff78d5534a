import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OidcRefusalSchema, type OidcRefusal, type UnixMs } from '@naervaer/shared'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import type { Secrets } from '../secrets/secrets.ts'

/** How long a person may take at the provider, and a refusal be read. */
const LIFE_MS = 600_000

const SecretSchema = Type.String({ minLength: 20, maxLength: 100 })

/** A sign-in under way: what the browser must bring back, and what it brought when it left. */
const TransactionSchema = Type.Object({
  state: SecretSchema,
  nonce: SecretSchema,
  codeVerifier: SecretSchema,
  startedAt: Type.Integer(),
  /** Strict cookies do not come along from another site, so the browser's is remembered from the start. */
  browserToken: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
})
export type Transaction = Type.Static<typeof TransactionSchema>

const KeptRefusalSchema = Type.Object({ refusal: OidcRefusalSchema, startedAt: Type.Integer() })

/**
 * What a browser keeps for ten minutes while it signs in elsewhere, sealed: its secrets stay secret
 * and nobody can put words into a refusal. The transaction is `Lax`, because the provider sends the
 * browser back from another site (criterion S-06).
 */
export function makeOidcCookies(isHttps: boolean, secrets: Secrets) {
  const prefix = isHttps ? '__Host-' : ''
  const names = { transaction: `${prefix}naervaer-oidc`, refusal: `${prefix}naervaer-refusal` }
  const base: CookieSerializeOptions = { path: '/', httpOnly: true, secure: isHttps }
  const lax: CookieSerializeOptions = { ...base, sameSite: 'lax' }
  const strict: CookieSerializeOptions = { ...base, sameSite: 'strict' }
  const maxAge = LIFE_MS / 1000

  const seal = (name: keyof typeof names, value: unknown) =>
    secrets.seal(`oidc-${name}`, Buffer.from(JSON.stringify(value)))
  const open = (name: keyof typeof names, request: FastifyRequest): unknown => {
    const sealed = request.cookies[names[name]]
    if (sealed === undefined) return null
    try {
      return JSON.parse(secrets.open(`oidc-${name}`, sealed).toString())
    } catch {
      return null
    }
  }
  const isFresh = (startedAt: UnixMs, now: UnixMs) => now >= startedAt && now < startedAt + LIFE_MS

  return {
    writeTransaction: (reply: FastifyReply, transaction: Transaction) =>
      reply.setCookie(names.transaction, seal('transaction', transaction), { ...lax, maxAge }),
    readTransaction(request: FastifyRequest, now: UnixMs): Transaction | null {
      const value = open('transaction', request)
      return Value.Check(TransactionSchema, value) && isFresh(value.startedAt, now) ? value : null
    },
    clearTransaction: (reply: FastifyReply) => reply.clearCookie(names.transaction, lax),
    writeRefusal: (reply: FastifyReply, refusal: OidcRefusal, startedAt: UnixMs) =>
      reply.setCookie(names.refusal, seal('refusal', { refusal, startedAt }), {
        ...strict,
        maxAge,
      }),
    readRefusal(request: FastifyRequest, now: UnixMs): OidcRefusal | null {
      const value = open('refusal', request)
      const isKept = Value.Check(KeptRefusalSchema, value) && isFresh(value.startedAt, now)
      return isKept ? value.refusal : null
    },
    clearRefusal: (reply: FastifyReply) => reply.clearCookie(names.refusal, strict),
  }
}
export type OidcCookies = ReturnType<typeof makeOidcCookies>
