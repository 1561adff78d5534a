import t from 'tap'
import { waitFor } from '../e2e/support/wait.ts'
import { makeTempDir } from '../helpers/build-app.ts'
import { PEOPLE } from '../helpers/people.ts'
import { startServer } from '../helpers/server-process.ts'

t.test('a line for each answer says in which role somebody asked, a leader too', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'debug' })
  const { origin } = server
  const signedIn = await fetch(`${origin}/api/demo/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ personId: PEOPLE.karen }),
  })
  t.ok(signedIn.ok)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  for (const headers of [{ cookie }, {}]) await fetch(`${origin}/api/sessions`, { headers })
  const findRoles = () => {
    const lines = server
      .stdout()
      .split('\n')
      .filter((line) => line.includes('"route":"/api/sessions"'))
    return lines.length < 2
      ? undefined
      : lines.map((line) => (JSON.parse(line) as { actorRole: unknown }).actorRole)
  }
  t.strictSame(await waitFor('both lines', findRoles), ['leader', null])
})
