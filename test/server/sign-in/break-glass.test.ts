import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import type { PassphraseStartReply } from '@naervaer/shared'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCliJson } from '../../helpers/cli.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { startServer } from '../../helpers/server-process.ts'

const PASSPHRASE = 'tre blå cykler i gården'

t.test(
  'an emergency account that is used raises an alarm: in the log and in the audit log',
  async (t) => {
    const [port, nobodysPort] = [await findFreePort(), await findFreePort()]
    const origin = `http://localhost:${port}`
    const env = {
      DATA_DIR: makeTempDir(t),
      PUBLIC_URL: origin,
      BREAK_GLASS: 'nina.noed',
      DEMO: 'off',
      // The provider is down: what emergency accounts are for.
      OIDC_ISSUER: `http://127.0.0.1:${nobodysPort}`,
      OIDC_CLIENT_ID: 'naervaer',
      OIDC_CLIENT_SECRET: 'b6e8f1c3d5a7094e2c8f6a1d3b5e7f90',
      OIDC_ROLE_MAP: 'IT=it',
    }
    const { id, url } = await runCliJson<{ id: string; url: string }>(
      env,
      'admin',
      'create',
      'Nina Nød',
    )
    const server = await startServer(t, env, port)
    const post = (path: string, body: object) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const secret = new URL(url).hash.slice(1)
    const started = await post('/api/invitation/passphrase/start', { secret })
    const { seed, ticket, signInName } = (await started.json()) as PassphraseStartReply
    t.equal(signInName, 'nina.noed')
    const codeAt = (timestamp: number) =>
      TOTP.generate({ secret: Secret.fromBase32(seed), timestamp })
    const wish = { secret, ticket, passphrase: PASSPHRASE, code: codeAt(Date.now()) }
    t.equal((await post('/api/invitation/passphrase', wish)).status, 204)
    const again = { signInName, passphrase: PASSPHRASE }
    const wrong = { ...again, passphrase: 'not this one at all', code: codeAt(Date.now() + 30_000) }
    t.equal((await post('/api/sign-in/passphrase', wrong)).status, 403)
    const right = { ...again, code: codeAt(Date.now() + 30_000) }
    t.equal((await post('/api/sign-in/passphrase', right)).status, 204)
    server.child.kill('SIGTERM')
    t.equal(await server.exited, 0)

    const alarms = server
      .stdout()
      .split('\n')
      .filter((line) => line.includes('BREAK_GLASS_USED'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    t.match(alarms, [
      { level: 'warn', code: 'BREAK_GLASS_USED', method: 'passphrase' },
      { level: 'warn', code: 'BREAK_GLASS_USED', method: 'passphrase' },
    ])
    t.equal(alarms.length, 2, 'at enrolment and at sign-in, and not for the wrong try')
    t.notMatch(server.stdout(), /nina|Nød/i)
    const records = new Database(join(env.DATA_DIR, 'naervaer.sqlite'), { readonly: true })
    t.teardown(() => records.close())
    const lines = records
      .prepare('select action, subject_id from audit_events order by seq')
      .all() as { action: string; subject_id: string | null }[]
    const about = lines.filter(({ action }) => /^(breakGlass|signIn|session)\./.test(action))
    t.strictSame(
      about.map(({ action }) => action),
      [
        'breakGlass.used',
        'session.started',
        'signIn.refused',
        'breakGlass.used',
        'session.started',
      ],
    )
    t.ok(about.every(({ subject_id }) => subject_id === id))
  },
)
