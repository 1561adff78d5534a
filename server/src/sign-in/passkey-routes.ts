import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import {
  NaervaerError,
  NewPasskeySchema,
  PasskeyCreationSchema,
  PasskeyParamsSchema,
  PasskeysReplySchema,
  ROLES,
  type Role,
} from '@naervaer/shared'
import { toActor } from '../accounts/service.ts'
import type { Session } from '../accounts/session.ts'
import type { Database } from '../database/open.ts'

const LIMIT = { max: 30, timeWindow: 60_000 }
const STAFF: readonly Role[] = ROLES.filter((role) => role !== 'citizen')
/** More than anybody has use for. */
const MAX_PASSKEYS = 20

/** One's own passkeys: seen, added and removed. Somebody else's are not found. */
export const passkeyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: STAFF, rateLimit: LIMIT }

  /** Writes down what the reader has done to a passkey of theirs, together with doing it. */
  const record = (
    action: 'passkey.added' | 'passkey.removed',
    session: Session,
    { within, ...details }: { passkeyId: string; within: Database },
  ) => {
    const subjectId = session.person.id
    return app.audit.record({ action, actor: toActor(session), subjectId, details }, within)
  }
  const requireOpen = async ({ person }: Session) => {
    if (!(await app.signInGate.mayUsePasskeys(person.id))) throw new NaervaerError('SIGN_IN_CLOSED')
  }

  app.get(
    '/api/passkeys',
    { config: { serves: STAFF }, schema: { response: { 200: PasskeysReplySchema } } },
    async (request) => {
      const { person } = getSession(request)
      const passkeys = await app.ownPasskeys.list(person.id)
      return {
        areOpen: await app.signInGate.mayUsePasskeys(person.id),
        passkeys: passkeys.map(({ id, createdAt, lastUsedAt }) => ({
          id,
          createdAt,
          lastUsedAt,
        })),
      }
    },
  )

  app.post(
    '/api/passkeys/start',
    { config, schema: { response: { 200: PasskeyCreationSchema } } },
    async (request) => {
      const session = getSession(request)
      await requireOpen(session)
      const { id, person } = session
      const { length } = await app.ownPasskeys.list(person.id)
      if (length >= MAX_PASSKEYS) throw new NaervaerError('RATE_LIMITED')
      return app.passkeys.startCreation(person, id)
    },
  )

  app.post(
    '/api/passkeys',
    { config, schema: { body: NewPasskeySchema } },
    async (request, reply) => {
      const session = getSession(request)
      await requireOpen(session)
      const { id, person } = session
      const made = await app.passkeys.checkCreation(person.id, request.body, id)
      await app.database.transaction().execute(async (within) => {
        const passkeyId = await app.ownPasskeys.add(made, app.clock.now(), within)
        await record('passkey.added', session, { passkeyId, within })
      })
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/passkeys/:passkeyId',
    { config, schema: { params: PasskeyParamsSchema } },
    async (request, reply) => {
      const session = getSession(request)
      const { id, person } = session
      const { passkeyId } = request.params
      const mayBeLast = await app.signInMethods.canDoWithoutPasskey(person.id)
      const outcome = await app.ownPasskeys.remove(person.id, passkeyId, {
        mayBeLast,
        then: (within) => record('passkey.removed', session, { passkeyId, within }),
      })
      if (outcome === 'unknown') throw new NaervaerError('NOT_FOUND')
      if (outcome === 'last') throw new NaervaerError('PASSKEY_LAST')
      // Whoever had the lost key may be signed in with it.
      await app.accounts.endSessionsOf(person.id, id, toActor(session))
      return reply.code(204).send()
    },
  )
}

/** The guard of `serves` has found it. @throws SESSION_MISSING where there is none after all */
function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}
