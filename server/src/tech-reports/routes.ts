import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  NewReportReplySchema,
  StoredReportSchema,
  SupportCodeParamsSchema,
  TechReportSchema,
} from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from '@fastify/rate-limit'
import type {} from './plugin.ts'

/** A household or an office makes few; whoever makes more wants something else. */
const FEW = { rateLimit: { max: 20, timeWindow: 10 * 60_000 } }

/** Codes are short: nobody, IT included, may try them one after the other. */
const BY_EAR = { rateLimit: { max: 30, timeWindow: 60_000 } }

/** A whole report has about 1.5 kB. */
const MAX_REPORT_BYTES = 8 * 1024

/** Anybody leaves a report and gets its code. */
export const newReportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/check/reports',
    {
      config: { serves: 'anybody', ...FEW },
      bodyLimit: MAX_REPORT_BYTES,
      schema: { body: TechReportSchema, response: { 201: NewReportReplySchema } },
    },
    async (request, reply) => reply.code(201).send(await app.techReports.add(request.body)),
  )
}

/** IT opens it. */
export const reportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/it/reports/:supportCode',
    {
      config: { serves: ['it'], ...BY_EAR },
      schema: { params: SupportCodeParamsSchema, response: { 200: StoredReportSchema } },
    },
    (request) => {
      const { id } = getSession(request).person
      const actor = { kind: 'person', id, role: 'it' } as const
      return app.techReports.open(request.params.supportCode, actor)
    },
  )
}
