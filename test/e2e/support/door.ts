// Passes connections on localhost to the same port of another address: node door.ts PORT ADDRESS
import { connect, createServer } from 'node:net'

const [port, address] = [Number(process.argv[2]), String(process.argv[3])]

createServer((near) => {
  const far = connect(port, address)
  near.pipe(far).pipe(near)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
}).listen(port, '127.0.0.1', () => {
  console.log('open')
})
