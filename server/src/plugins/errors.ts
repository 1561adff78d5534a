import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ERROR_TABLE, NaervaerError, type ErrorCode, type Problem } from '@naervaer/shared'
import { STATUS_CODES } from 'node:http'

/** Fastify's own refusals in our words; what is not here goes by its status. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'FRAME_TOO_LARGE',
  FST_ERR_BAD_URL: 'NOT_FOUND',
}

/** Finds the code of anything that was thrown: ours, Fastify's, or INTERNAL for a surprise. */
function toErrorCode(error: unknown): ErrorCode {
  if (error instanceof NaervaerError) return error.code
  if (!(error instanceof Error) || !('statusCode' in error)) return 'INTERNAL'
  const known = 'code' in error ? FASTIFY_CODES[String(error.code)] : undefined
  if (known !== undefined) return known
  const status = Number(error.statusCode)
  if (status === 404) return 'NOT_FOUND'
  if (status === 413) return 'FRAME_TOO_LARGE'
  if (status === 429) return 'RATE_LIMITED'
  return status >= 400 && status < 500 ? 'BODY_INVALID' : 'INTERNAL'
}

/** Problem details (RFC 9457) of a code. */
export function makeProblem(code: ErrorCode): Problem {
  const { status, retry } = ERROR_TABLE[code]
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, retry }
}

/** Answers with problem details: the only place that writes HTTP errors. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = makeProblem(toErrorCode(error))
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'request failed')
  // What was validated for success need not fit an error: serialised here, not by a route's schema.
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: string) => body)
    .send(JSON.stringify(problem))
}

/** Turns everything thrown by a route into problem details. Owns nothing. */
export const errorsPlugin = fp(
  async (app) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(error, request, reply))
  },
  { name: 'errors' },
)
