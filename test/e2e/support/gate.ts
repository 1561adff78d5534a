import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { TestScope } from './test-scope.ts'

/** A person's way to the server by TCP, which can be closed without a word; what two people send each other by UDP does not pass here. */
export interface Gate {
  /** For Chromium's command line: the server's address is what it was, and leads here. */
  readonly flags: readonly string[]
  /** From now on nothing passes, and nobody is told. */
  readonly close: () => void
  /** What was there before goes on; what was begun meanwhile is lost, as in a network. */
  readonly open: () => void
}

/** Stands in front of a server on localhost. Ends with the test. */
export async function startGate(t: TestScope, port: number): Promise<Gate> {
  const sockets = new Set<Socket>()
  const lost = new Set<Socket>()
  let isClosed = false
  const gate = createServer({ pauseOnConnect: true }, (near) => {
    if (isClosed) lost.add(near)
    else pass(near, connect(port, '127.0.0.1'), sockets)
    near.on('error', () => near.destroy())
  })
  gate.listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const address = gate.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  t.teardown(() => {
    for (const socket of [...sockets, ...lost]) socket.destroy()
    gate.close()
  })
  return {
    flags: [`--host-resolver-rules=MAP localhost 127.0.0.1:${String(address.port)}`],
    close: () => {
      isClosed = true
      for (const socket of sockets) socket.pause()
    },
    open: () => {
      isClosed = false
      for (const socket of lost) socket.destroy()
      lost.clear()
      for (const socket of sockets) socket.resume()
    },
  }
}

function pass(near: Socket, far: Socket, sockets: Set<Socket>): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(from)
    from.on('data', (data) => to.write(data))
    from.on('end', () => to.end())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.on('error', () => from.destroy())
  }
  near.resume()
}
