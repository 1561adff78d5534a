import { AboutReplySchema, type AboutReply } from '@naervaer/shared'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isAbout = makeCheck(AboutReplySchema)

/** Who runs this installation. Fetched with the page that says it. */
export async function fetchAbout(): Promise<AboutReply> {
  return read(await send('GET', '/api/about'), isAbout)
}
