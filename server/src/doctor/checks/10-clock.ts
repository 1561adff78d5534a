import { createSocket } from 'node:dgram'
import { failure, ok, unseen, warning, type Check, type DoctorContext } from '../check.ts'

/** Seconds between NTP's beginning (1900) and ours (1970). */
const NTP_TO_UNIX_SECONDS = 2_208_988_800
const WARNING_MS = 2_000
/** TURN's and work accounts' credentials are held to the clock. */
const ERROR_MS = 30_000

/** The machine knows what time it is. */
export const clockCheck: Check = {
  number: 10,
  name: { da: 'Uret', en: 'The clock' },
  isFromOutside: true,
  async run(context) {
    const skewMs = await measure(context)
    if (skewMs === null) {
      return [
        unseen('CLOCK_UNKNOWN', {
          da: `${context.ntpServer} svarer ikke. Giv jeres egen tidsserver med --ntp.`,
          en: `${context.ntpServer} does not answer. Give your own time server with --ntp.`,
        }),
      ]
    }
    const seconds = (Math.abs(skewMs) / 1_000).toFixed(1)
    const text = {
      da: `Uret går ${seconds.replace('.', ',')} s ${skewMs > 0 ? 'for langt fremme' : 'bagud'}.`,
      en: `The clock is ${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}.`,
    }
    const todo = {
      da: 'Slå tidssynkronisering til på maskinen (chrony eller systemd-timesyncd).',
      en: 'Turn time synchronisation on (chrony or systemd-timesyncd).',
    }
    if (Math.abs(skewMs) > ERROR_MS) return [failure('CLOCK_WRONG', text, todo)]
    return [Math.abs(skewMs) > WARNING_MS ? warning('CLOCK_OFF', text, todo) : ok('CLOCK_OK', text)]
  },
}

/** How far ahead of a time server this machine is (SNTP, RFC 4330); null where none answers. */
function measure({ ntpServer, timeoutMs, now }: DoctorContext): Promise<number | null> {
  const [host = '', port = '123'] = ntpServer.split(':')
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    const end = (skewMs: number | null) => {
      clearTimeout(timer)
      socket.close()
      resolve(skewMs)
    }
    const timer = setTimeout(() => end(null), timeoutMs)
    const sentAt = now()
    socket.once('error', () => end(null))
    socket.once('message', (bytes) => {
      if (bytes.length < 48) {
        end(null)
        return
      }
      const seconds = bytes.readUInt32BE(40) - NTP_TO_UNIX_SECONDS
      const serverAt = seconds * 1_000 + (bytes.readUInt32BE(44) / 2 ** 32) * 1_000
      end((sentAt + now()) / 2 - serverAt)
    })
    const question = Buffer.alloc(48)
    // Version 4, as a client.
    question[0] = 0x23
    // Connected, so that a machine without a time server says so at once. By the event: a callback would be
    // called for a name that cannot be looked up as well.
    socket.once('connect', () => socket.send(question))
    socket.connect(Number(port), host)
  })
}
