import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AuditHeadReplySchema,
  AuditQuerySchema,
  AuditReplySchema,
  ChoiceHistoryReplySchema,
  CitizenParamsSchema,
  IntegrityReplySchema,
  LookupsReplySchema,
  type DurationMs,
} from '@naervaer/shared'
import { getSession } from './require-session.ts'

const config = { serves: ['auditor'] as const }
const A_MINUTE_MS: DurationMs = 60_000

/** The audit log: for auditors, whether it is whole also for IT, and for citizens what is about them. */
export const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/audit',
    {
      config,
      schema: { querystring: AuditQuerySchema, response: { 200: AuditReplySchema } },
    },
    async (request) => {
      const { person } = getSession(request)
      return { lines: await app.overseeing.loadAuditLines(person.id, request.query) }
    },
  )

  app.get(
    '/api/audit/integrity',
    {
      config: { serves: ['it', 'auditor'], rateLimit: { max: 10, timeWindow: A_MINUTE_MS } },
      schema: { response: { 200: IntegrityReplySchema } },
    },
    (request) => {
      const { person, roles } = getSession(request)
      return app.overseeing.verify(person.id, roles.includes('auditor') ? 'auditor' : 'it')
    },
  )

  app.get(
    '/api/audit/head',
    { config, schema: { response: { 200: AuditHeadReplySchema } } },
    (request) => app.overseeing.loadHead(getSession(request).person.id),
  )

  app.get(
    '/api/citizens/:citizenId/choice',
    {
      config,
      schema: { params: CitizenParamsSchema, response: { 200: ChoiceHistoryReplySchema } },
    },
    (request) => app.overseeing.loadChoice(getSession(request).person.id, request.params.citizenId),
  )

  app.get(
    '/api/own/lookups',
    { config: { serves: ['citizen'] }, schema: { response: { 200: LookupsReplySchema } } },
    async (request) => ({
      lookups: await app.audit.listLookups(getSession(request).person.id),
    }),
  )
}
