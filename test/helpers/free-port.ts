import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the range from which kernels take the ports of connections (IANA's begins at 49152, Linux' at 32768). */
const FIRST = 12_000
const LAST = 32_000

/**
 * A port of loopback that nobody listens on, drawn from so many that two tests hardly ever get the same
 * one between the look and the use: the next free one of the kernel's would go to whoever asks next.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    const probe = createServer()
    try {
      const listening = once(probe, 'listening')
      probe.listen(port, '127.0.0.1')
      await listening
      probe.close()
      await once(probe, 'close')
      return port
    } catch {
      // In use: another one.
    }
  }
}
