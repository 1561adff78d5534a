import t from 'tap'
import { makeTempDir } from '../helpers/build-app.ts'
import { runCliJson } from '../helpers/cli.ts'
import { PEOPLE } from '../helpers/people.ts'
import { GOOD_SDP } from '../helpers/sdp.ts'
import { startServer } from '../helpers/server-process.ts'
import { WsPerson } from '../helpers/ws-person.ts'

const CANARY = 'canary4711'

t.test(
  'S-29 at its most talkative the server logs no name, token, description or query',
  async (t) => {
    const server = await startServer(t, {
      DATA_DIR: makeTempDir(t),
      LOG_LEVEL: 'trace',
      TURN_URLS: 'turn:turn.example.dk',
      TURN_SECRET: `${CANARY}-secret-of-coturn`,
    })
    const [mette, anna] = [
      await WsPerson.connect(server, 'mette'),
      await WsPerson.connect(server, 'anna'),
    ]
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.accept', call: id })
    const reply = await mette.request({ type: 'turn.fetch', call: id })
    const signal = { call: id, generation: 1 } as const
    const sdp = `${GOOD_SDP}a=${CANARY}\r\n`
    mette.send({
      type: 'signal.description',
      ...signal,
      seq: 0,
      description: { type: 'offer', sdp },
    })
    anna.send({
      type: 'signal.description',
      ...signal,
      seq: 0,
      description: { type: 'offer', sdp },
    })
    const candidate = { candidate: CANARY, sdpMid: null, sdpMLineIndex: null }
    mette.send({ type: 'signal.candidate', ...signal, seq: 1, candidate })
    await anna.waitFor('signal.candidate')
    mette.socket.send(`{"type":"${CANARY}"`)
    await mette.waitFor('error', (frame) => frame.code === 'FRAME_INVALID')
    const url = `http://127.0.0.1:${server.port}`
    await fetch(`${url}/${CANARY}?name=${CANARY}`)
    await fetch(`${url}/api/session?name=${CANARY}`, { headers: { cookie: `naervaer=${CANARY}` } })
    await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin },
      body: `{"personId":"${CANARY}"`,
    })
    mette.socket.send(Buffer.from(CANARY))
    await mette.closed
    server.child.kill('SIGTERM')
    await server.exited

    const lines = server
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    t.ok(lines.length > 5, 'it did log')
    const output = lines.join('\n') + server.stderr()
    const secrets = [CANARY, 'Mette', 'Holm', 'Anna', 'fingerprint', '127.0.0.1', '?']
    const tokens = [mette, anna].flatMap(({ cookies }) =>
      cookies.split('; ').map((each) => each.split('=')[1] ?? ''),
    )
    t.equal(tokens.length, 4)
    if (reply.type === 'turn.reply')
      secrets.push(reply.iceServers[0]?.credential ?? 'no credential')
    for (const secret of [...secrets, ...tokens]) t.notOk(output.includes(secret), secret)
  },
)

t.test('S-29 nor does a whole run of sign-in, pairing and the command line', async (t) => {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'trace' }
  const made = await runCliJson<{ url: string }>(env, 'admin', 'create', `${CANARY} Holm`)
  const secret = made.url.split('#')[1] ?? ''
  const server = await startServer(t, env)
  const ask = (path: string, body?: object, cookies = '') =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin, cookie: cookies },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  t.match(await (await ask('/api/invitation', { secret })).json(), {
    person: { name: `${CANARY} Holm` },
  })
  const started = await ask('/api/invitation/passphrase/start', { secret })
  const { seed } = (await started.json()) as { seed: string }
  t.match(seed, /^[A-Z2-7]{16,}$/)
  const passphrase = `${CANARY} blå cykler i gården`
  const attempt = { signInName: `${CANARY}.holm`, passphrase, code: '271828' }
  t.match(await (await ask('/api/sign-in/passphrase', attempt)).json(), { code: 'SIGN_IN_REFUSED' })
  const mette = await WsPerson.connect(server, 'mette')
  const wish = { citizenId: PEOPLE.anna, replaces: null }
  const pairing = await ask('/api/pairings', wish, mette.cookies)
  const { code, link } = (await pairing.json()) as { code: string; link: string }
  t.match(code, /^\d{6}$/)
  const key = { x: 'A'.repeat(43), y: 'A'.repeat(43) }
  await ask('/api/device/pairing', { proof: { code }, key, kind: 'iphone' })
  await ask('/api/device/pairing', { proof: { code: '000000' }, key, kind: 'iphone' })
  await ask('/api/sessions', undefined, mette.cookies)
  await runCliJson(env, 'sessions', 'revoke', '--person', PEOPLE.mette)
  await mette.closed
  server.child.kill('SIGTERM')
  await server.exited

  const lines = server.stdout().split('\n')
  const output = lines.filter((line) => line.startsWith('{')).join('\n') + server.stderr()
  t.ok(output.length > 500, 'it did log')
  const tokens = mette.cookies.split('; ').map((each) => each.split('=')[1] ?? '')
  const planted = [
    CANARY,
    'Holm',
    'Mette',
    'Anna',
    secret,
    seed,
    '271828',
    link.split('#')[1] ?? link,
  ]
  for (const each of [...planted, ...tokens]) t.notOk(output.includes(each), each)
  t.notMatch(output, new RegExp(`(?<![0-9a-f.])${code}(?![0-9a-f])`), 'the code')
})
