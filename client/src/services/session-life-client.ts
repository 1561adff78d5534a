import { SessionLifeReplySchema } from '@naervaer/shared'
import { makeCheck } from './socket/check.ts'
import { read, send } from './http-request.ts'
import type { AskLife } from './session-life.ts'

const isLife = makeCheck(SessionLifeReplySchema)

/** Asks the server; see rule HT52. */
export const askLife: AskLife = async (isUse) =>
  read(await send(isUse ? 'POST' : 'GET', '/api/session/life'), isLife)
