import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { DurationMs } from '@naervaer/shared'
import { TurnClient } from '../../turn-client/turn-client.ts'
import { parseTurnUrl, type TurnPlace } from '../../turn-client/wire.ts'
import {
  describeError,
  failure,
  ok,
  onlyFromOutside,
  unseen,
  type Check,
  type DoctorContext,
  type TurnAccess,
} from '../check.ts'
import { turnMissing } from '../turn-missing.ts'

/** Drawn at random by coturn: a closed half of the range is missed once in a million times. */
const SAMPLE = 20
/** How long packets are sent, one every quarter of a second. */
const WAIT_MS: DurationMs = 2_000
const SEND_EVERY_MS: DurationMs = 250

/** The ports that calls are relayed on can be reached. */
export const relayRangeCheck: Check = {
  number: 8,
  name: { da: 'Portene til relæet', en: 'Ports of the relay' },
  isFromOutside: true,
  async run(context) {
    if (!context.isOutside) return [onlyFromOutside()]
    const access = await context.loadTurn().catch(describeError)
    if (access === null || typeof access === 'string') return [turnMissing(access)]
    const places = access.urls.map(parseTurnUrl).filter((place) => place !== null)
    const place = places.find(({ kind }) => kind === 'udp') ?? places[0]
    if (place === undefined) return [turnMissing(null)]
    try {
      return [judge(await sample(context, access, place))]
    } catch (error) {
      const why = describeError(error)
      return [
        unseen('RANGE_UNTRIED', {
          da: `Kunne ikke prøves (${why}).`,
          en: `Could not be tried (${why}).`,
        }),
      ]
    }
  },
}

interface Sampled {
  readonly ports: readonly number[]
  readonly closed: readonly number[]
}

/** A packet from a plain socket to each place on the relay, which must come back through it. */
async function sample(
  context: DoctorContext,
  access: TurnAccess,
  place: TurnPlace,
): Promise<Sampled> {
  const tried = await Promise.all(
    Array.from({ length: SAMPLE }, () => tryOne(context, access, place)),
  )
  const found = tried.filter((each) => each !== null)
  return {
    ports: found.map(({ port }) => port),
    closed: found.filter(({ isThrough }) => !isThrough).map(({ port }) => port),
  }
}

async function tryOne(context: DoctorContext, { user }: TurnAccess, place: TurnPlace) {
  const client = await TurnClient.connect(place, user, context)
  try {
    const { relayed, mapped } = await client.allocate()
    if (mapped === null) return null
    await client.permit(mapped.address)
    const socket = createSocket(isIPv6(relayed.address) ? 'udp6' : 'udp4')
    const isThrough = await passes(client, socket, relayed, WAIT_MS)
    socket.close()
    return { port: relayed.port, isThrough }
  } finally {
    await client.close()
  }
}

function passes(
  client: TurnClient,
  socket: Socket,
  { address, port }: { readonly address: string; readonly port: number },
  timeoutMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const send = () => socket.send(Buffer.from('doctor'), port, address, () => undefined)
    const end = (isThrough: boolean) => {
      clearInterval(again)
      clearTimeout(limit)
      resolve(isThrough)
    }
    client.onData(() => end(true))
    const again = setInterval(send, SEND_EVERY_MS)
    const limit = setTimeout(() => end(false), timeoutMs)
    send()
  })
}

function judge({ ports, closed }: Sampled) {
  const range = `${Math.min(...ports)}–${Math.max(...ports)}`
  if (closed.length === 0) {
    return ok('RANGE_OK', {
      da: `${ports.length} porte mellem ${range} svarede alle.`,
      en: `${ports.length} ports within ${range} all answered.`,
    })
  }
  const list = closed.slice(0, 5).join(', ')
  return failure(
    'RANGE_CLOSED',
    {
      da: `${closed.length} af ${ports.length} porte er lukkede udefra, som ${list}.`,
      en: `${closed.length} of ${ports.length} ports are closed from outside, such as ${list}.`,
    },
    {
      da: 'Åbn UDP 49160–49459 ind til TURN-serveren.',
      en: 'Open UDP 49160–49459 towards the TURN server.',
    },
  )
}
