import type { Test } from 'tap'
import type { CallId, CallView } from '@naervaer/shared'
import { listen, type TestServer, type TestServerOptions } from './build-app.ts'
import { PEOPLE } from './people.ts'
import type { WsPerson } from './ws-person.ts'

/** A worker and a citizen, each with a window. */
export interface Pair {
  readonly server: TestServer
  readonly mette: WsPerson
  readonly anna: WsPerson
}

export const on = <T extends string>(type: T, { id }: { id: CallId }) =>
  ({ type, call: id }) as const

export async function connectPair(t: Test, options: TestServerOptions = {}): Promise<Pair> {
  const server = await listen(t, options)
  return { server, mette: await server.connect('mette'), anna: await server.connect('anna') }
}

/** Rings, answers after 3 s, and is connected a second later. */
export async function talk({ server, mette, anna }: Pair): Promise<CallView> {
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.waitForState(call.id, 'inviting')
  await anna.must(on('call.ringing', call))
  server.clock.advance(3_000)
  await anna.must(on('call.accept', call))
  await mette.waitForState(call.id, 'connecting')
  server.clock.advance(1_000)
  const linked = { ...on('call.connected', call), generation: 1, path: 'host' as const }
  await mette.must(linked)
  await anna.must(linked)
  return mette.waitForState(call.id, 'connected')
}

/** The worker hangs up, so that ringing again is not held off. */
export async function hangUp({ mette, anna }: Pair, call: CallView): Promise<void> {
  await mette.must(on('call.hangUp', call))
  await anna.waitForState(call.id, 'ended')
}
