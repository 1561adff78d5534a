/**
 * What a server asks outside its own stack, for a trial: `time <address> <port>` answers as a time server
 * (SNTP, RFC 4330), `push <address> <port> <certificate> <key>` takes every notice, as a push service does
 * (RFC 8030).
 */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

/** Seconds between NTP's beginning (1900) and ours (1970). */
const NTP_TO_UNIX_SECONDS = 2_208_988_800

function tellTime(address: string, port: number): void {
  const socket = createSocket('udp4')
  socket.on('message', (_question, { port: from, address: who }) => {
    const answer = Buffer.alloc(48)
    // Version 4, as a server, at the second stratum.
    answer.writeUInt16BE(0x2402)
    const now = Date.now() / 1_000 + NTP_TO_UNIX_SECONDS
    answer.writeUInt32BE(Math.floor(now), 40)
    answer.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), 44)
    socket.send(answer, from, who)
  })
  socket.bind(port, address, () => process.stdout.write('listening\n'))
}

function takeNotices(address: string, port: number, certificate: string, key: string): void {
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) }
  const server = createServer(tls, (request, response) => {
    request.resume().on('end', () => response.writeHead(201).end())
  })
  server.listen(port, address, () => process.stdout.write('listening\n'))
}

const [kind, address = '', port = '', certificate = '', key = ''] = process.argv.slice(2)
if (kind === 'time') tellTime(address, Number(port))
else takeNotices(address, Number(port), certificate, key)
