import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inNamespace, startChild } from './child.ts'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'

const SHAPER = fileURLToPath(new URL('shaper.ts', import.meta.url))

/** What a person's line is like, the same in both directions. */
export interface LineShape {
  readonly kbitPerS: number
  /** Of a whole round trip. */
  readonly rttMs: number
  /** From 0 to 1. */
  readonly loss: number
}

/** A line to TURN that can be made thin. */
export interface ShapedLink {
  /** The only way: without a direct path every packet of a talk goes over it. */
  readonly url: string
  /** From now on; null is the line as it is. */
  readonly shape: (shape: LineShape | null) => Promise<void>
}

/**
 * Stands in front of coturn and makes one person's line to it thin. The kernel's own netem would do this
 * below everything, but not every kernel has it.
 *
 * @param client - the address of the person whose line it is
 */
export async function startShapedLink(
  t: TestScope,
  place: {
    readonly networkNamespace: string
    readonly address: string
    readonly client: string
    readonly turnPort?: number
  },
): Promise<ShapedLink> {
  const { networkNamespace, address, client, turnPort = 3478 } = place
  const control = join(await makeTempFolder(t, 'shaper'), 'control')
  const port = turnPort + 100
  const command = [process.execPath, SHAPER, address, String(port), String(turnPort), control]
  const [program = '', ...args] = command
  const child = startChild(inNamespace(networkNamespace, [program, ...args]))
  t.teardown(() => child.end('SIGTERM'))
  await child.line(/shaping/)
  return {
    url: `turn:${address}:${String(port)}?transport=udp`,
    shape: async (shape) => {
      const line =
        shape === null
          ? null
          : { client, kbitPerS: shape.kbitPerS, delayMs: shape.rttMs / 2, loss: shape.loss }
      const connection = connect(control)
      connection.write(`${JSON.stringify(line)}\n`)
      // Answered, and so in force.
      connection.resume()
      await once(connection, 'end')
    },
  }
}
