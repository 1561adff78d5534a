import t from 'tap'
import type { PasskeyRequest, PersonId } from '@naervaer/shared'
import type {} from '../../../server/src/administration/plugin.ts'
import { HttpBrowser } from '../../helpers/http-browser.ts'
import { SoftwareAuthenticator } from '../../helpers/software-authenticator.ts'
import { fetchSession, makeWorld, signIn, TRINE, type World } from './world.ts'

/** Of a supplier, invited here, with no work account of the municipality. */
const OUTSIDER = 'Gitte Ekstern'

/** Asks as our own page does. @returns `204`, or status and code of a refusal */
async function ask(
  { origin }: World,
  browser: HttpBrowser,
  path: string,
  body?: object,
): Promise<{ readonly answer: string; readonly json: unknown }> {
  const headers = { origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
  const init = { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) }
  const answer = await browser.send(`${origin}${path}`, init)
  const text = await answer.text()
  const json: unknown = text === '' ? null : JSON.parse(text)
  const isRefusal = answer.status >= 400
  const code = isRefusal ? ` ${(json as { code: string }).code}` : ''
  return { answer: `${answer.status}${code}`, json }
}

async function invite({ app }: World, personId: PersonId): Promise<string> {
  return new URL((await app.invitations.create(personId)).url).hash.slice(1)
}

/** A passkey of before, when nothing kept this person from making one. */
async function addPasskey({ app, origin }: World, personId: PersonId) {
  const authenticator = new SoftwareAuthenticator(origin)
  const person = { id: personId, name: 'Somebody' }
  const passkey = authenticator.create(await app.passkeys.startCreation(person, 'test'))
  const made = await app.passkeys.checkCreation(personId, passkey, 'test')
  await app.ownPasskeys.add(made, app.clock.now())
  return authenticator
}

async function usePasskey(world: World, authenticator: SoftwareAuthenticator) {
  const browser = new HttpBrowser()
  const { json } = await ask(world, browser, '/api/sign-in/passkey/start')
  const proof = authenticator.sign(json as PasskeyRequest)
  return { browser, ...(await ask(world, browser, '/api/sign-in/passkey', proof)) }
}

/** Trine, who has a work account, and her browser. */
async function comeByWorkAccount(world: World) {
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  const { you } = await fetchSession(world, browser)
  if (you === null) throw new Error('Trine is not signed in')
  return { browser, trineId: you.id }
}

/** A passphrase as if made, under this name: which passphrase it is does not matter here. */
const namePerson = ({ app }: World, personId: PersonId, signInName: string) =>
  app.database
    .insertInto('passphrases')
    .values({
      person_id: personId,
      sign_in_name: signInName,
      hash: 'x',
      totp_seed: 'x',
      totp_last_step: 0,
      created_at: 1,
    })
    .execute()

const listAudit = async ({ app }: World, action: string) => {
  await app.refusedSignIns.settled()
  const rows = await app.database
    .selectFrom('audit_events')
    .select(['subject_id', 'actor_kind', 'details'])
    .where('action', '=', action)
    .execute()
  return rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details) as object }))
}

t.test('who has a work account does not come in by a passkey, nor makes one', async (t) => {
  const world = await makeWorld(t)
  const { browser, trineId } = await comeByWorkAccount(world)
  const old = await addPasskey(world, trineId)
  const closed = '403 SIGN_IN_CLOSED'
  const tried = await usePasskey(world, old)
  t.equal(tried.answer, closed)
  t.equal((await fetchSession(world, tried.browser)).you, null)
  t.match(await listAudit(world, 'signIn.refused'), [
    {
      subject_id: trineId,
      actor_kind: 'system',
      details: { method: 'passkey', reason: 'SIGN_IN_CLOSED', count: 1 },
    },
  ])

  t.equal((await ask(world, browser, '/api/passkeys/start')).answer, closed)
  const secret = await invite(world, trineId)
  const opened = await ask(world, browser, '/api/invitation', { secret })
  t.match(opened.json, { canUsePasskey: false, canUsePassphrase: false })
  for (const kind of ['passkey', 'passphrase']) {
    const { answer } = await ask(world, browser, `/api/invitation/${kind}/start`, { secret })
    t.equal(answer, closed, kind)
  }
  const own = await browser.send(`${world.origin}/api/passkeys`)
  const { passkeys, areOpen } = (await own.json()) as {
    passkeys: { id: string }[]
    areOpen: boolean
  }
  t.notOk(areOpen)
  const removed = await browser.send(`${world.origin}/api/passkeys/${passkeys[0]?.id ?? ''}`, {
    method: 'DELETE',
    headers: { origin: world.origin },
  })
  t.equal(removed.status, 204, 'the last one may go: there is the work account')
})

t.test('an answer begun before the rule does not slip through', async (t) => {
  const world = await makeWorld(t)
  const { browser, trineId } = await comeByWorkAccount(world)
  const sessions = await world.app.accounts.listSessions(trineId)
  const authenticator = new SoftwareAuthenticator(world.origin)
  const options = await world.app.passkeys.startCreation(
    { id: trineId, name: 'Trine Dahl' },
    sessions[0]?.id ?? '',
  )
  const made = await ask(world, browser, '/api/passkeys', authenticator.create(options))
  t.equal(made.answer, '403 SIGN_IN_CLOSED')
  const secret = await invite(world, trineId)
  const invited = await world.app.invitations.open(secret)
  const again = await world.app.passkeys.startCreation(invited.person, invited.id)
  const passkey = new SoftwareAuthenticator(world.origin).create(again)
  const used = await ask(world, browser, '/api/invitation/passkey', { secret, passkey })
  t.equal(used.answer, '403 SIGN_IN_CLOSED')
  t.strictSame(await world.app.database.selectFrom('passkeys').select('id').execute(), [])
})

t.test('who has none comes in by a passkey as before, without any alarm', async (t) => {
  const world = await makeWorld(t)
  const itId = '01900000-0000-7000-8000-000000000099' as PersonId
  const id = await world.app.staffing.add(itId, OUTSIDER, ['worker'])
  const authenticator = await addPasskey(world, id)
  const { answer, browser } = await usePasskey(world, authenticator)
  t.equal(answer, '204')
  t.match(await fetchSession(world, browser), { you: { name: OUTSIDER } })
  t.strictSame(await listAudit(world, 'breakGlass.used'), [])
})

t.test('BREAK_GLASS opens passkeys for who is named, with an alarm', async (t) => {
  const world = await makeWorld(t, { BREAK_GLASS: 'trine.dahl' })
  const { trineId } = await comeByWorkAccount(world)
  const authenticator = await addPasskey(world, trineId)
  const bearing = await usePasskey(world, authenticator)
  t.equal(bearing.answer, '403 SIGN_IN_CLOSED', 'a display name of the provider is not the name')
  await namePerson(world, trineId, 'trine.dahl')
  const { answer } = await usePasskey(world, authenticator)
  t.equal(answer, '204')
  t.match(await listAudit(world, 'breakGlass.used'), [
    { subject_id: trineId, actor_kind: 'person', details: { method: 'passkey' } },
  ])
})

t.test('closed here or without a role: the work account’s refusal names the account', async (t) => {
  const world = await makeWorld(t)
  const { trineId } = await comeByWorkAccount(world)
  await world.app.database
    .updateTable('people')
    .set({ disabled_at: 1 })
    .where('id', '=', trineId)
    .execute()
  await signIn(world, new HttpBrowser(), TRINE.sub)
  await new HttpBrowser().send(`${world.origin}/api/oidc/callback?code=x&state=y`)
  t.match(await listAudit(world, 'signIn.refused'), [
    { subject_id: trineId, details: { method: 'oidc', reason: 'closed' } },
    { subject_id: null, details: { method: 'oidc', reason: 'expired' } },
  ])
})
