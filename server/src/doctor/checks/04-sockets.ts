import { WebSocket } from 'ws'
import { CHECK_SOCKET_PATH, SUBPROTOCOL } from '@naervaer/shared'
import { ask } from '../ask.ts'
import {
  describeError,
  isUnreached,
  unseen,
  failure,
  ok,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'

const STRANGE_ORIGIN = 'https://naervaer.example'

/** WebSockets pass the proxy, and pages of others may open none. */
export const socketsCheck: Check = {
  number: 4,
  name: { da: 'WebSocket gennem proxyen', en: 'WebSocket through the proxy' },
  isFromOutside: true,
  async run(context) {
    const { publicUrl } = context
    if (publicUrl === null) return []
    return [await echo(context, publicUrl), ...(await lookAtOrigin(context, publicUrl))]
  },
}

function echo({ ca, timeoutMs }: DoctorContext, url: URL): Promise<Finding> {
  const address = new URL(CHECK_SOCKET_PATH, url)
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const beganAt = performance.now()
  return new Promise((resolve) => {
    const socket = new WebSocket(address, [SUBPROTOCOL], {
      ...{ origin: url.origin, handshakeTimeout: timeoutMs },
      ...(ca === undefined ? {} : { ca }),
    })
    const fail = (why: string) => {
      clearTimeout(timer)
      socket.terminate()
      resolve(blocked(why))
    }
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs)
    socket.on('open', () => socket.send('doctor'))
    socket.on('message', () => {
      clearTimeout(timer)
      socket.close()
      const ms = Math.round(performance.now() - beganAt)
      resolve(
        ok('SOCKET_OK', {
          da: `Forbindelsen står og svarer efter ${ms} ms.`,
          en: `The connection stands and answers after ${ms} ms.`,
        }),
      )
    })
    socket.on('error', (error) => fail(describeError(error)))
    socket.on('close', () => fail('closed'))
  })
}

function blocked(why: string): Finding {
  // Whoever asks again and again is told to wait, as anybody is.
  const isLimited = why.endsWith(' 429')
  if (isLimited || isUnreached(why)) {
    return unseen('SOCKET_UNTRIED', {
      da: `Kunne ikke prøves: siden svarer ikke (${why}).`,
      en: `Could not be tried: the page does not answer (${why}).`,
    })
  }
  return failure(
    'SOCKET_BLOCKED',
    {
      da: `Proxyen lader ikke WebSocket komme igennem (${why}).`,
      en: `The proxy lets no WebSocket through (${why}).`,
    },
    {
      da: 'Lad proxyen sende Upgrade og Connection videre for /ws.',
      en: 'Let the proxy pass on Upgrade and Connection for /ws.',
    },
  )
}

async function lookAtOrigin(context: DoctorContext, url: URL): Promise<Finding[]> {
  const headers = {
    ...{ connection: 'Upgrade', upgrade: 'websocket', origin: STRANGE_ORIGIN },
    ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'bmFlcnZhZXItZG9jdG9yIQ==' },
    'sec-websocket-protocol': SUBPROTOCOL,
  }
  const reply = await ask(context, new URL(CHECK_SOCKET_PATH, url), { headers }).catch(() => null)
  if (reply?.status !== 101) return []
  return [
    failure(
      'ORIGIN_UNCHECKED',
      {
        da: 'En fremmed side kan åbne en forbindelse.',
        en: 'A stranger’s page can open a connection.',
      },
      {
        da: 'Proxyen skal lade headeren Origin være, som den er.',
        en: 'The proxy must leave the Origin header as it is.',
      },
    ),
  ]
}
