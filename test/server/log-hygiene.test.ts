import Database from 'better-sqlite3'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import t, { type Test } from 'tap'
import {
  CLOSE_CODES,
  type PairingClaimReply,
  type PasskeyCreation,
  type PasskeyRequest,
  type PassphraseStartReply,
} from '@naervaer/shared'
import { wallTimeAt } from '@naervaer/shared/wall'
import { BrowserJar } from '../helpers/browser-jar.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { makeTempDir } from '../helpers/build-app.ts'
import { runCliJson } from '../helpers/cli.ts'
import { beginPairing, Browser, FakeDevice, ORIGIN } from '../helpers/paired-device.ts'
import { findFreePort } from '../helpers/free-port.ts'
import { PEOPLE } from '../helpers/people.ts'
import { PushService, type PushedBrowser } from '../helpers/push-service.ts'
import { RemoteApp } from '../helpers/remote-app.ts'
import { GOOD_SDP } from '../helpers/sdp.ts'
import { startServer, type ServerProcess } from '../helpers/server-process.ts'
import { SoftwareAuthenticator } from '../helpers/software-authenticator.ts'
import { WsPerson } from '../helpers/ws-person.ts'
import { put, subscribe } from './push/push-world.ts'

const CANARY = 'canary4711'
const PASSPHRASE_NAME = `${CANARY} Holm`
const PASSKEY_NAME = `${CANARY} Berg`

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
    await fetch(`${url}/api/calendar/${CANARY}.ics`)
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

/** A server in its own process that logs all it can, and people of staff who are new to it. */
async function startTalkative(t: Test, more: Record<string, string> = {}) {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'trace', PUBLIC_URL: ORIGIN, ...more }
  const invite = async (name: string) => {
    const { url } = await runCliJson<{ url: string }>(env, 'admin', 'create', name)
    return new URL(url).hash.slice(1)
  }
  const secrets = { passphrase: await invite(PASSPHRASE_NAME), passkey: await invite(PASSKEY_NAME) }
  const server = await startServer(t, env)
  return { env, server, secrets, app: new RemoteApp(server) }
}

/** Enrols and signs in with passphrase and code. @returns what must stand in no log */
async function usePassphrase(t: Test, app: RemoteApp, secret: string): Promise<string[]> {
  const own = new BrowserJar(app)
  t.match((await own.send('POST', '/api/invitation', { secret })).json(), {
    person: { name: PASSPHRASE_NAME },
  })
  const started = await own.send('POST', '/api/invitation/passphrase/start', { secret })
  const { seed, ticket, signInName } = started.json<PassphraseStartReply>()
  const passphrase = `${CANARY} blå cykler i gården`
  const codeAt = (timestamp: number) =>
    TOTP.generate({ secret: Secret.fromBase32(seed), timestamp })
  const [first, next] = [codeAt(Date.now()), codeAt(Date.now() + 30_000)]
  const wish = { secret, ticket, passphrase, code: first }
  t.equal(await own.ask('POST', '/api/invitation/passphrase', wish), '204')
  const other = new BrowserJar(app)
  const refused = { signInName, passphrase: `${passphrase}!`, code: '271828' }
  t.equal(await other.ask('POST', '/api/sign-in/passphrase', refused), '403 SIGN_IN_REFUSED')
  const right = { signInName, passphrase, code: next }
  t.equal(await other.ask('POST', '/api/sign-in/passphrase', right), '204')
  t.equal(await other.whoAmI(), PASSPHRASE_NAME)
  return [secret, seed, ticket, passphrase, signInName, '271828', first, next]
}

/** Enrols and signs in with a passkey. @returns what must stand in no log */
async function usePasskey(t: Test, app: RemoteApp, secret: string): Promise<string[]> {
  const authenticator = new SoftwareAuthenticator(ORIGIN)
  const own = new BrowserJar(app)
  const started = await own.send('POST', '/api/invitation/passkey/start', { secret })
  const creation = started.json<PasskeyCreation>()
  const passkey = authenticator.create(creation)
  t.equal(await own.ask('POST', '/api/invitation/passkey', { secret, passkey }), '204')
  const other = new BrowserJar(app)
  const asked = await other.send('POST', '/api/sign-in/passkey/start')
  const request = asked.json<PasskeyRequest>()
  const proof = authenticator.sign(request)
  t.equal(await other.ask('POST', '/api/sign-in/passkey', proof), '204')
  t.equal(await other.whoAmI(), PASSKEY_NAME)
  return [
    ...[secret, creation.challenge, request.challenge, passkey.id, passkey.attestationObject],
    ...[passkey.clientDataJSON, proof.clientDataJSON, proof.signature],
  ]
}

/** From the worker's code to a device of Anna's that is signed in and has a socket. */
async function pairAnna(t: Test, app: RemoteApp, server: ServerProcess) {
  const worker = await Browser.signedIn(app, 'mette')
  const { id, code, link } = await beginPairing(worker)
  const device = await FakeDevice.make(app, Date.now)
  const wrong = await device.claim({ code: code === '000000' ? '000001' : '000000' })
  t.match(wrong.json(), { code: 'PAIRING_WRONG' })
  const claimed = await device.claim({ code })
  t.equal(claimed.statusCode, 200)
  const { digits } = claimed.json<PairingClaimReply>()
  const url = `/api/pairings/${id}/answer`
  const answer = await worker.ask(url, { method: 'POST', body: { isRight: true } })
  t.equal(answer.statusCode, 200)
  device.id = (await device.getStatus()).device?.id ?? null
  const nonce = await device.fetchNonce()
  const proof = await device.sign('POST', '/api/device/session', { claims: { nonce } })
  const body = { proof, isSwitch: true }
  const signedIn = await device.ask('/api/device/session', { method: 'POST', body })
  t.match(signedIn.json(), { you: { name: 'Anna' } })
  t.equal((await device.askProven('/api/devices')).statusCode, 200)
  const anna = await WsPerson.connect({ ...server, origin: ORIGIN }, 'anna', device.cookies)
  const { x, y } = device.publicKey
  return {
    anna,
    device,
    worker,
    code,
    digits,
    planted: [new URL(link).hash.slice(1), nonce, proof, x, y],
  }
}

/** Every text of a log line, but not its times, nor the numbers of lines in a stack. */
function listTexts(line: unknown): string[] {
  if (typeof line === 'string') return [line]
  if (typeof line !== 'object' || line === null) return []
  return Object.entries(line).flatMap(([name, value]) =>
    ['time', 'at', 'reqId', 'stack'].includes(name) ? [] : [name, ...listTexts(value)],
  )
}

t.test('S-29 nor does a whole run of sign-in, pairing and the command line', async (t) => {
  const { env, server, secrets, app } = await startTalkative(t)
  const planted = [CANARY, 'Holm', 'Berg', 'Mette', 'Anna']
  planted.push(...(await usePassphrase(t, app, secrets.passphrase)))
  planted.push(...(await usePasskey(t, app, secrets.passkey)))
  const { anna, worker, code, digits, ...pairing } = await pairAnna(t, app, server)
  planted.push(...pairing.planted)
  t.equal((await worker.ask('/api/sessions')).statusCode, 200)
  await runCliJson(env, 'sessions', 'revoke', '--person', PEOPLE.anna)
  t.equal(await anna.closed, CLOSE_CODES.SESSION_ENDED)
  server.child.kill('SIGTERM')
  await server.exited

  const lines = server
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  const output = lines.join('\n') + server.stderr()
  for (const route of ['/api/sign-in/passkey', '/api/sign-in/passphrase', '/api/device/session']) {
    t.ok(output.includes(`"route":"${route}"`), `it did log ${route}`)
  }
  t.ok(app.cookieValues.size >= 10 && app.proofs.size > 0, 'there were cookies and proofs')
  const texts = lines.flatMap((line) => listTexts(JSON.parse(line))).join('\n') + server.stderr()
  for (const each of [...planted, ...app.cookieValues, ...app.proofs, code, digits]) {
    // Digits also stand in times, durations, ids and hashes, where they say nothing.
    if (/^\d+$/.test(each)) t.notMatch(texts, new RegExp(`(?<![\\w-])${each}(?![\\w-])`), each)
    else t.ok(each.length >= 4 && !output.includes(each), each)
  }
})

t.test('S-29 nor do notices: no address, no key, no token, no words, whatever fails', async (t) => {
  const service = await PushService.start(t)
  const nobody = `127.0.0.1:${String(await findFreePort())}`
  const { server, app } = await startTalkative(t, { PUSH_HOSTS: `${service.host},${nobody}` })
  const { device, ...pairing } = await pairAnna(t, app, server)
  const mette = await WsPerson.connect({ ...server, origin: ORIGIN }, 'mette')
  const browser = service.makeBrowser(`/push/${CANARY}`)
  const foreign = { ...browser.subscription, endpoint: `https://${CANARY}.example.dk/x` }
  const refused = await put(device, { subscription: foreign, level: 3, language: 'da' })
  t.match(refused.json(), { code: 'PUSH_ENDPOINT_REFUSED' })
  const planted = [CANARY, 'Mette', 'Anna', service.host, nobody, ...pairing.planted]
  const { p256dh, auth } = browser.subscription
  planted.push(p256dh, auth)
  await device.askProven('/api/push')
  /** One ring in vain, while the push service answers like this. */
  const ring = async (target: Pick<PushedBrowser, 'subscription'>, isDone: () => boolean) => {
    await subscribe(device, target)
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await waitFor('the notice to be dealt with', () => isDone() || undefined)
    return id
  }
  const first = await ring(browser, () => service.delivered.length === 1)
  const { message } = service.delivered.at(-1) ?? {}
  const token = message?.token ?? ''
  planted.push(token, message?.tag ?? 'no tag', message?.title ?? 'no title')
  const says = { headers: { origin: ORIGIN, 'content-type': 'application/json' }, method: 'POST' }
  for (const what of ['notice', 'receipt', 'receipt']) {
    const url = `http://127.0.0.1:${server.port}/api/push/${what}`
    await fetch(url, { ...says, body: JSON.stringify({ token }) })
  }
  await mette.must({ type: 'call.cancel', call: first })
  const hasLogged = (code: string) => () => server.stdout().includes(code)
  service.answer = () => ({ status: 400 })
  const second = await ring(browser, hasLogged('PUSH_REFUSED'))
  await mette.must({ type: 'call.cancel', call: second })
  const dead = { ...browser.subscription, endpoint: `http://${nobody}/${CANARY}` }
  await ring({ subscription: dead }, hasLogged('PUSH_UNREACHED'))
  server.child.kill('SIGTERM')
  await server.exited
  const output = server.stdout() + server.stderr()
  for (const code of ['PUSH_UNREACHED', '/api/push/subscription', '/api/push/receipt']) {
    t.ok(output.includes(code), `it did log ${code}`)
  }
  for (const each of planted) t.ok(each.length >= 4 && !output.includes(each), each)
})

t.test('S-29 nor do a calendar feed that is read, a reminder, and what was moved', async (t) => {
  const service = await PushService.start(t)
  const { env, server, app } = await startTalkative(t, { PUSH_HOSTS: service.host })
  const { device, worker, ...pairing } = await pairAnna(t, app, server)
  const browser = service.makeBrowser(`/push/${CANARY}`)
  await subscribe(device, browser)
  const url = `http://127.0.0.1:${server.port}`
  const made = await worker.ask('/api/own/calendar-feed', { method: 'POST' })
  const { pathname } = new URL(made.json<{ url: string }>().url)
  const token = pathname.slice('/api/calendar/'.length, -'.ics'.length)
  const read = await fetch(url + pathname)
  t.equal(read.status, 200)
  const etag = read.headers.get('etag') ?? 'no etag'
  t.equal((await fetch(url + pathname, { headers: { 'if-none-match': etag } })).status, 304)
  const startAt = (Math.floor(Date.now() / 60_000) + 9) * 60_000
  const wish = { citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null }
  const plan = (at: number) =>
    worker.ask('/api/appointments', { method: 'POST', body: { ...wish, ...wallTimeAt(at) } })
  const planned = await plan(startAt)
  t.equal(planned.statusCode, 201)
  // As if the server had been away at its time, so that nobody has to wait for the next full minute.
  const records = new Database(join(env.DATA_DIR, 'naervaer.sqlite'))
  records.prepare('update reminder_progress set done_until = 0').run()
  records.close()
  await plan(startAt + 86_400_000)
  await waitFor('the reminder', () => service.delivered.length > 0 || undefined)
  const { id } = planned.json<{ id: string }>()
  const says = { headers: { origin: ORIGIN, 'content-type': 'application/json' }, method: 'POST' }
  const { message } = service.delivered[0] ?? {}
  await fetch(`${url}/api/push/receipt`, {
    ...says,
    body: JSON.stringify({ token: message?.token }),
  })
  const taken = await worker.ask(`/api/appointments/${id}`, { method: 'DELETE' })
  t.equal(taken.statusCode, 204)
  await waitFor('that it is off', () => service.delivered.length > 1 || undefined)
  t.match(service.delivered[1]?.message, { title: 'Aftalen er aflyst' })
  server.child.kill('SIGTERM')
  await server.exited
  const output = server.stdout() + server.stderr()
  t.ok(output.includes('/api/calendar/:file') && output.includes('/api/push/receipt'), 'it did log')
  const { p256dh, auth } = browser.subscription
  const told = service.delivered.flatMap(({ message: { token: own, tag, title, body: text } }) => [
    ...[own, tag, title, text].filter((each) => each.length >= 4),
  ])
  t.equal(token.length, 43)
  const planted = [CANARY, 'Mette', 'Anna', token, etag.replaceAll('"', ''), p256dh, auth]
  for (const each of [...planted, ...told, ...pairing.planted, service.host]) {
    t.ok(each.length >= 4 && !output.includes(each), each)
  }
})
