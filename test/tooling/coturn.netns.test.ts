import t from 'tap'
import { launchPerson } from '../e2e/support/browser.ts'
import { COLOURS } from '../e2e/support/media.ts'
import { makeLoneMachine } from '../e2e/support/network.ts'
import { makeTurnCredential, startTurn } from '../e2e/support/turn.ts'

const SECRET = 'a-secret-of-this-test'

/** As `coturn.conf` promises one side of a call. */
const CHANGES = 16
const LONGEST_S = 600

t.test('one side of a call may change its network again and again', async (t) => {
  const { namespace: networkNamespace, publicAddress } = await makeLoneMachine(t)
  const turn = await startTurn(t, { networkNamespace, publicAddress, secret: SECRET })
  const citizen = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880, networkNamespace })
  const server = { urls: [...turn.urls], ...makeTurnCredential(SECRET, 600) }
  // What is allocated stays, as it does when the network that it was made over is gone.
  const found = await citizen.page.evaluate(
    async ([iceServer, count]) => {
      const found: number[] = []
      for (let change = 0; change < count; change += 1) {
        const pc = new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' })
        pc.createDataChannel('any')
        found.push(
          await new Promise<number>((resolve) => {
            let relayed = 0
            pc.addEventListener('icecandidate', ({ candidate }) => {
              if (candidate === null) resolve(relayed)
              else if (candidate.type === 'relay') relayed += 1
            })
            void pc.setLocalDescription()
          }),
        )
      }
      return found
    },
    [server, CHANGES] as const,
  )
  t.strictSame(found, Array<number>(CHANGES).fill(turn.urls.length), 'each finds every way')
  const lifetimes = [...turn.logs().matchAll(/lifetime=(\d+)/g)].map(([, s]) => Number(s))
  t.ok(lifetimes.length >= CHANGES, 'coturn says how long')
  t.same(
    lifetimes.filter((seconds) => seconds > LONGEST_S),
    [],
    'what nobody refreshes is free again soon',
  )
})
