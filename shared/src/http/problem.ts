import * as Type from 'typebox'
import type { ErrorCode, Retry } from '../errors.ts'
import { closedObject } from '../wire/envelope.ts'

/** Every HTTP error: problem details (RFC 9457) with our stable code. */
export const ProblemSchema = closedObject({
  type: Type.Literal('about:blank'),
  title: Type.String({ maxLength: 100 }),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.Unsafe<ErrorCode>(Type.String({ maxLength: 40 })),
  retry: Type.Unsafe<Retry>(Type.String({ maxLength: 20 })),
})
export type Problem = Type.Static<typeof ProblemSchema>
