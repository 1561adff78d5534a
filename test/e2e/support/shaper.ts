// A thin line in front of a UDP port: node shaper.ts ADDRESS PORT TARGET_PORT CONTROL_SOCKET
//
// Everybody's datagrams are passed on to TARGET_PORT of the same address; those of one client address go
// over a line with a rate, a delay and a loss, which are told over the control socket, one JSON a line.
import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

interface Line {
  /** Of the client whose line it is. */
  readonly client: string
  readonly kbitPerS: number
  /** Each way. */
  readonly delayMs: number
  /** From 0 to 1, each way. */
  readonly loss: number
}

/** What every datagram costs on the way besides itself: IP and UDP. */
const HEADER_BYTES = 28

/** What waits longer than this in front of the line is dropped, as routers do. */
const QUEUE_MS = 300

const [address = '', port, targetPort, control = ''] = process.argv.slice(2)
let line: Line | null = null

/** The same losses in every run. */
let seed = 1
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

/** One direction of the line. */
class Pipe {
  #freeAtMs = 0

  pass(bytes: number, deliver: () => void): void {
    if (line === null) {
      deliver()
      return
    }
    const now = performance.now()
    const startMs = Math.max(now, this.#freeAtMs)
    if (random() < line.loss || startMs - now > QUEUE_MS) return
    this.#freeAtMs = startMs + ((bytes + HEADER_BYTES) * 8) / line.kbitPerS
    setTimeout(deliver, this.#freeAtMs - now + line.delayMs)
  }
}

const [up, down] = [new Pipe(), new Pipe()]
const front = createSocket('udp4')
const backs = new Map<string, Socket>()

function openBack(client: string, clientPort: number): Socket {
  const back = createSocket('udp4')
  back.bind(0, address)
  back.on('message', (datagram) => {
    const deliver = () => front.send(datagram, clientPort, client)
    if (line?.client === client) down.pass(datagram.length, deliver)
    else deliver()
  })
  return back
}

front.on('message', (datagram, { address: client, port: clientPort }) => {
  const key = `${client}:${String(clientPort)}`
  const back = backs.get(key) ?? openBack(client, clientPort)
  backs.set(key, back)
  const deliver = () => back.send(datagram, Number(targetPort), address)
  if (line?.client === client) up.pass(datagram.length, deliver)
  else deliver()
})

createServer((connection) => {
  createInterface(connection).on('line', (text) => {
    line = JSON.parse(text) as Line | null
    connection.end('told\n')
  })
}).listen(control)

front.bind(Number(port), address, () => {
  console.log('shaping')
})
