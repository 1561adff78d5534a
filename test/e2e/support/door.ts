// Passes connections on localhost to the same port of another address: node door.ts PORT ADDRESS [DELAY_MS]
//
// Whatever passes arrives DELAY_MS later, in both directions.
import { connect, createServer, type Socket } from 'node:net'

const [port, address, delayMs] = [
  Number(process.argv[2]),
  String(process.argv[3]),
  Number(process.argv[4] ?? 0),
]

function pass(from: Socket, to: Socket): void {
  if (delayMs === 0) {
    from.pipe(to)
    return
  }
  from.on('data', (data: Buffer) => setTimeout(() => to.write(data), delayMs))
  from.on('end', () => setTimeout(() => to.end(), delayMs))
}

createServer((near) => {
  const far = connect(port, address)
  pass(near, far)
  pass(far, near)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
}).listen(port, '127.0.0.1', () => {
  console.log('open')
})
