import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AuditQuerySchema,
  AuditReplySchema,
  IntegrityReplySchema,
  LookupsReplySchema,
} from '@naervaer/shared'
import { getSession } from './require-session.ts'

/** The audit log: for auditors, whether it is whole also for IT, and for citizens what is about them. */
export const auditRoutes: FastifyPluginAsyncTypebox =
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app) => {
    app.get(
      '/api/audit',
      {
        config: { serves: ['auditor'] },
        schema: { querystring: AuditQuerySchema, response: { 200: AuditReplySchema } },
      },
      async (request) => {
        const { person } = getSession(request)
        const actor = { kind: 'person', id: person.id, role: 'auditor' } as const
        await app.audit.record({ action: 'audit.read', actor, subjectId: null })
        return { lines: await app.staffing.loadAuditLines(request.query.before ?? null) }
      },
    )

    app.get(
      '/api/audit/integrity',
      {
        config: { serves: ['it', 'auditor'] },
        schema: { response: { 200: IntegrityReplySchema } },
      },
      async () => {
        const verdict = await app.audit.verify()
        const firstBadSeq = verdict.isWhole ? null : verdict.badSeq
        return { isWhole: verdict.isWhole, firstBadSeq }
      },
    )

    app.get(
      '/api/own/lookups',
      { config: { serves: ['citizen'] }, schema: { response: { 200: LookupsReplySchema } } },
      async (request) => ({
        lookups: await app.audit.listLookups(getSession(request).person.id),
      }),
    )
  }
