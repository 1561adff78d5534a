import { OidcSignOutReplySchema, SignInMethodsReplySchema } from '@naervaer/shared'
import { makeCheck } from './socket/check.ts'
import type { HttpClient } from './http-client.ts'
import { read, send } from './http-request.ts'

const isSignOutReply = makeCheck(OidcSignOutReplySchema)
const isMethods = makeCheck(SignInMethodsReplySchema)

/**
 * Signs out here, and where work accounts are used prepares signing out of the provider too.
 *
 * @returns where the browser goes to end the provider's session; null where there is no such place
 */
export async function signOutOfAll(http: Pick<HttpClient, 'signOut'>): Promise<string | null> {
  const { methods } = await read(await send('GET', '/api/sign-in/methods'), isMethods)
  if (!methods.some(({ kind }) => kind === 'oidc')) {
    await http.signOut()
    return null
  }
  return (await read(await send('POST', '/api/oidc/sign-out', {}), isSignOutReply)).redirectTo
}
