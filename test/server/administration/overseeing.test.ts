import t, { type Test } from 'tap'
import type {
  AuditReply,
  ChoiceHistoryReply,
  LookupsReply,
  OffersReply,
  PersonId,
  TeamsReply,
} from '@naervaer/shared'
import { listen, makeApp, type TestServer } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, OTHERS, RELATIONS } from '../../helpers/role-world.ts'
import type {} from '../../../server/src/plugins/database.ts'

const YES = { answer: 'yes', textVersion: 1, language: 'da' } as const
const NOBODY = '01900000-0000-7000-8000-00000000ffff'

async function setUp(t: Test) {
  const { app, clock } = await makeApp(t)
  await app.ready()
  await makeRoleWorld(app, clock.now())
  const asPerson = async (personId: PersonId) => {
    const person = new HttpPerson(app)
    const answer = await app.inject({
      method: 'POST',
      url: '/api/demo/sign-in',
      headers: { origin: 'http://localhost:8080' },
      payload: { personId },
    })
    for (const { name, value } of answer.cookies) person.cookies[name] = value
    return person
  }
  const lookupsOf = async (person: HttpPerson, action: string) => {
    const { lookups } = (await person.ask('GET', '/api/own/lookups')).body as LookupsReply
    return lookups.filter((each) => each.action === action)
  }
  return { app, clock, asPerson, lookupsOf }
}

const choiceUrl = (what: string) => `/api/citizens/${PEOPLE.anna}/choice/${what}`

t.test('§ 1.3 a substitute reads the choice, and writes none down', async (t) => {
  const { asPerson } = await setUp(t)
  const substitute = await asPerson(RELATIONS.substitute)
  const stranger = await asPerson(RELATIONS.stranger)
  for (const [what, body] of [
    ['offer', undefined],
    ['answer', YES],
    ['stop', undefined],
  ] as const) {
    const refused = await substitute.ask('POST', choiceUrl(what), body)
    t.match(refused, { status: 403, code: 'SUBSTITUTE_REFUSED' }, what)
    const unknown = await stranger.ask('POST', choiceUrl(what), body)
    t.match(unknown, { status: 404, code: 'PERSON_NOT_FOUND' }, what)
  }
  const mette = await HttpPerson.signIn((await setUp(t)).app, 'mette')
  t.equal((await mette.ask('POST', choiceUrl('stop'))).status, 200, 'the own worker does')
})

t.test('a substitute’s page is told as what they have each citizen', async (t) => {
  const server = await listen(t)
  await standIn(server)
  const [ole, mette] = [await server.connect('ole'), await server.connect('mette')]
  const told = await ole.waitFor('welcome')
  t.match(
    told.citizens.map(({ person, assignment, choice }) => [person.name, assignment, choice.state]),
    [
      ['Anna', 'substitute', 'accepted'],
      ['Liz', 'primary', 'accepted'],
    ],
    'and where they stand with video',
  )
  t.ok((await mette.waitFor('welcome')).citizens.every((each) => each.assignment === 'primary'))
})

t.test(
  'the leader reads where the citizens of their teams stand, and changes nothing',
  async (t) => {
    const { app, asPerson } = await setUp(t)
    const anna = await HttpPerson.signIn(app, 'anna')
    await anna.ask('POST', '/api/choice/pause', { weeks: 1 })
    const { teams } = (await (await asPerson(PEOPLE.karen)).ask('GET', '/api/teams'))
      .body as TeamsReply
    const states = teams[0]?.citizens.map(({ name, choice }) => [name, choice.state])
    t.strictSame(states?.slice(0, 2), [
      ['Anna', 'paused'],
      ['Jens', 'accepted'],
    ])
    const other = await (await asPerson(OTHERS.otherLeader)).ask('GET', '/api/teams')
    t.match(other.body, { teams: [{ citizens: [] }] })
  },
)

t.test('the authority reads name and offer, and nothing else', async (t) => {
  const { app, asPerson, lookupsOf } = await setUp(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  await anna.ask('POST', '/api/choice/pause', { weeks: 1 })
  await (await HttpPerson.signIn(app, 'jens')).ask('POST', '/api/choice/stop')
  const authority = await asPerson(OTHERS.authority)
  const { status, body } = await authority.ask('GET', '/api/offers')
  t.equal(status, 200)
  t.strictSame(body, {
    citizens: [
      { person: { id: PEOPLE.anna, name: 'Anna' }, state: 'accepted' },
      { person: { id: PEOPLE.jens, name: 'Jens' }, state: 'withdrawn' },
      { person: { id: PEOPLE.liz, name: 'Liz' }, state: 'accepted' },
      { person: { id: PEOPLE.max, name: 'Max' }, state: 'accepted' },
    ],
    next: null,
  })
  t.match(await lookupsOf(anna, 'offers.listed'), [{ role: 'authority' }], 'the citizen is told')
  const gone = await authority.ask('GET', `/api/offers?after=${NOBODY}`)
  t.match(gone, { status: 404, code: 'PERSON_NOT_FOUND' })
})

t.test('the authority reads a hundred at a time, each citizen once', async (t) => {
  const { app, clock, asPerson } = await setUp(t)
  for (let index = 0; index < 150; index += 1) {
    const id = `01900000-0000-7000-8000-1${String(index).padStart(11, '0')}` as PersonId
    // Namesakes, across the edge of a page too.
    const person = { id, name: index < 120 ? 'Bo' : 'Kim', created_at: clock.now() }
    await app.database
      .insertInto('people')
      .values({ ...person, is_demo: 0, disabled_at: null })
      .execute()
    await app.database
      .insertInto('person_roles')
      .values({ person_id: id, role: 'citizen' })
      .execute()
  }
  const authority = await asPerson(OTHERS.authority)
  const read = async (url: string) => (await authority.ask('GET', url)).body as OffersReply
  const first = await read('/api/offers')
  t.equal(first.citizens.length, 100)
  const second = await read(`/api/offers?after=${first.next ?? ''}`)
  t.equal(second.citizens.length, 54)
  t.equal(second.next, null)
  t.equal(new Set([...first.citizens, ...second.citizens].map(({ person }) => person.id)).size, 154)
  t.match(first.citizens[1], { person: { name: 'Bo' }, state: 'notOffered' })
})

t.test(
  'S-28 the auditor reads the log by action and time, and each reading is in it',
  async (t) => {
    const { app, clock, asPerson } = await setUp(t)
    const anna = await HttpPerson.signIn(app, 'anna')
    await anna.ask('POST', '/api/choice/pause', { weeks: 1 })
    clock.advance(60_000)
    const from = clock.now()
    await anna.ask('POST', '/api/choice/resume')
    const auditor = await asPerson(OTHERS.auditor)
    const read = async (query: string) =>
      ((await auditor.ask('GET', `/api/audit${query}`)).body as AuditReply).lines
    const paused = await read('?action=choice.paused')
    t.match(paused, [{ action: 'choice.paused', subjectId: PEOPLE.anna, actorRole: 'citizen' }])
    t.ok((await read(`?from=${from}`)).every(({ at }) => at >= from))
    t.ok((await read(`?to=${from}`)).every(({ at }) => at < from))
    t.strictSame(await read(`?action=choice.paused&from=${from}`), [])
    t.equal((await auditor.ask('GET', '/api/audit?action=none.such')).status, 400)
    const [newest] = await read('')
    t.match(newest, { action: 'audit.read', actorId: OTHERS.auditor }, 'this very reading')
    t.match(await read(`?before=${newest?.seq ?? 0}`), [{ seq: (newest?.seq ?? 0) - 1 }])
    t.notOk(JSON.stringify(await read('')).includes('Anna'), 'by ids, without names')

    const readings = async (action: string) => (await read(`?action=${action}`)).length
    const head = await auditor.ask('GET', '/api/audit/head')
    t.match(head.body, { head: { hash: /^[\w-]{43}$/ } })
    t.match((await auditor.ask('GET', '/api/audit/integrity')).body, { isWhole: true })
    for (let number = 2; number <= 10; number += 1) {
      t.equal((await auditor.ask('GET', '/api/audit/integrity')).status, 200)
    }
    const refused = await auditor.ask('GET', '/api/audit/integrity')
    t.match(refused, { status: 429, code: 'RATE_LIMITED' }, 'it costs too much to ask all the time')
    t.equal(await readings('audit.headRead'), 1)
    t.equal(await readings('audit.verified'), 10, 'each look, and not the refused one')
  },
)

t.test('the auditor reads one citizen’s choice on request, which that citizen sees', async (t) => {
  const { app, asPerson, lookupsOf } = await setUp(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  await anna.ask('POST', '/api/choice/stop')
  const auditor = await asPerson(OTHERS.auditor)
  const url = (id: string) => `/api/citizens/${id}/choice`
  const { citizen, steps } = (await auditor.ask('GET', url(PEOPLE.anna))).body as ChoiceHistoryReply
  t.strictSame(citizen, { id: PEOPLE.anna, name: 'Anna' })
  t.match(steps, [
    { kind: 'offered', askedBy: PEOPLE.mette, heardBy: null },
    { kind: 'accepted', textVersion: 1, heardBy: PEOPLE.mette },
    { kind: 'withdrawn', heardBy: null },
  ])
  t.match(await lookupsOf(anna, 'choice.read'), [{ role: 'auditor' }])
  t.match(await auditor.ask('GET', url(NOBODY)), { status: 404, code: 'PERSON_NOT_FOUND' })
  t.match(await auditor.ask('GET', url(PEOPLE.mette)), { status: 404 }, 'staff have none')
})

/** Ole stands in for Mette with Anna for an hour. */
async function standIn({ app, clock }: TestServer): Promise<void> {
  const karen = await HttpPerson.signIn(app, 'karen')
  const wish = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna, kind: 'substitute', fromAt: null }
  const toAt = clock.now() + 3_600_000
  const { status } = await karen.ask('POST', '/api/assignments', { ...wish, toAt })
  if (status !== 201) throw new Error(`assignment answered ${status}`)
}
