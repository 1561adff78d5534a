import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeTempDir } from '../helpers/build-app.ts'
import { startServer } from '../helpers/server-process.ts'

/** Two attempts of two seconds each, and the end itself; without a limit it is ten seconds and more. */
const LIMIT_MS = 7_000

/** What is sent to the name server goes out, and nobody is there. */
const SILENT_NAME_SERVER = [
  'ip link set lo up',
  'ip link add v0 type veth peer name v1',
  'ip address add 192.0.2.2/24 dev v0',
  'ip link set v0 up && ip link set v1 up',
  'ip neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v0',
]

t.test('O-02 a name server that does not answer holds the end up for seconds only', async (t) => {
  const folder = makeTempDir(t)
  const names = join(folder, 'resolv.conf')
  writeFileSync(names, 'nameserver 192.0.2.1\n')
  const place = [...SILENT_NAME_SERVER, `mount --bind ${names} /etc/resolv.conf`].join(' && ')
  const through = ['unshare', '--mount', '--net', 'sh', '-c', `${place} && exec "$@"`, 'sh']
  // Whose certificate it looks at from the start on.
  const env = { PUBLIC_URL: 'https://video.naervaer.test', PATH: process.env['PATH'] ?? '' }
  const server = await startServer(
    t,
    { ...env, DATA_DIR: makeTempDir(t), NODE_ENV: 'test' },
    undefined,
    through,
  )
  const at = performance.now()
  server.child.kill('SIGTERM')
  t.equal(await server.exited, 0)
  const tookMs = performance.now() - at
  t.ok(tookMs < LIMIT_MS, `${tookMs.toFixed(0)} ms`)
})
