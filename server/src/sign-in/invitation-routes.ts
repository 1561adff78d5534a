import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  InvitationPasskeySchema,
  InvitationPassphraseSchema,
  InvitationReplySchema,
  InvitationSchema,
  NaervaerError,
  PasskeyCreationSchema,
  PassphraseStartReplySchema,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Invitation } from './invitations.ts'
import { drawQr } from './qr-picture.ts'

const LIMIT = { max: 60, timeWindow: 60_000 }

/** What an invitation is good for: one passkey, or one passphrase with TOTP. Then one is signed in. */
export const invitationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: 'anybody', rateLimit: LIMIT } as const

  const open = async (secret: string) => {
    try {
      return await app.invitations.open(secret)
    } catch (error) {
      app.refusedSignIns.noteError('invitation', error)
      throw error
    }
  }
  const openForPasskey = async (secret: string) => {
    const invitation = await open(secret)
    const isOpen = await app.signInGate.mayUsePasskeys(invitation.person.id)
    if (!isOpen) throw new NaervaerError('SIGN_IN_CLOSED')
    return invitation
  }

  const finish = async (
    request: FastifyRequest,
    reply: FastifyReply,
    invitation: Invitation,
    made: { kind: 'passkey' | 'passphrase'; save: (within: Database) => Promise<unknown> },
  ) => {
    const { id, person } = invitation
    const { kind: method } = made
    await app.invitations.use(invitation, async (transaction) => {
      await made.save(transaction)
      await app.audit.record(
        {
          action: 'invitation.used',
          actor: { kind: 'system' },
          subjectId: person.id,
          details: { invitationId: id, kind: method },
        },
        transaction,
      )
    })
    await app.admitStaff(request, reply, { personId: person.id, method })
    return reply.code(204).send()
  }

  app.post(
    '/api/invitation',
    { config, schema: { body: InvitationSchema, response: { 200: InvitationReplySchema } } },
    async (request) => {
      const { person, expiresAt } = await open(request.body.secret)
      const canUsePasskey = await app.signInGate.mayUsePasskeys(person.id)
      const canUsePassphrase = await app.passphrases.canBeMadeBy(person)
      return { person, expiresAt, canUsePasskey, canUsePassphrase }
    },
  )

  app.post(
    '/api/invitation/passkey/start',
    { config, schema: { body: InvitationSchema, response: { 200: PasskeyCreationSchema } } },
    async (request) => {
      const { id, person } = await openForPasskey(request.body.secret)
      return app.passkeys.startCreation(person, id)
    },
  )

  app.post(
    '/api/invitation/passkey',
    { config, schema: { body: InvitationPasskeySchema } },
    async (request, reply) => {
      const { secret, passkey } = request.body
      const invitation = await openForPasskey(secret)
      const { id, person } = invitation
      const made = await app.passkeys.checkCreation(person.id, passkey, id)
      const save = (within: Database) => app.ownPasskeys.add(made, app.clock.now(), within)
      return finish(request, reply, invitation, { kind: 'passkey', save })
    },
  )

  app.post(
    '/api/invitation/passphrase/start',
    { config, schema: { body: InvitationSchema, response: { 200: PassphraseStartReplySchema } } },
    async (request) => {
      const invitation = await open(request.body.secret)
      const { address, ...started } = await app.passphrases.start(invitation)
      return { ...started, qr: drawQr(address) }
    },
  )

  app.post(
    '/api/invitation/passphrase',
    { config, schema: { body: InvitationPassphraseSchema } },
    async (request, reply) => {
      const invitation = await open(request.body.secret)
      const save = await app.passphrases.prepare(invitation, request.body)
      return finish(request, reply, invitation, { kind: 'passphrase', save })
    },
  )
}
