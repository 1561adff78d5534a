import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { toCanonicalJson, type AuditEvent } from '@naervaer/shared'
import { Audit } from '../../../server/src/audit/audit.ts'
import { parseHeadText } from '../../../server/src/audit/head-text.ts'
import { HeadWitness } from '../../../server/src/audit/head-witness.ts'
import { migrate } from '../../../server/src/database/migrate.ts'
import { openDatabase, type Database } from '../../../server/src/database/open.ts'
import { SealError, Secrets } from '../../../server/src/secrets/secrets.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { PEOPLE } from '../../helpers/people.ts'

const CLI = { kind: 'cli' } as const
const METTE = { kind: 'person', id: PEOPLE.mette, role: 'worker' } as const

async function makeLog(t: Pick<Test, 'teardown'>, count: number) {
  const database = openDatabase(':memory:')
  t.teardown(() => database.destroy())
  const clock = new FakeClock()
  await migrate(database, clock.now())
  const audit = new Audit({ database, clock, secrets: new Secrets(randomBytes(32)) })
  for (let number = 1; number <= count; number += 1) {
    clock.advance(1_000)
    const details = { count: number }
    await audit.record({ action: 'people.listed', actor: CLI, subjectId: null, details })
  }
  return { audit, clock, database }
}

/** What somebody does who has the file, and so need not heed its triggers. */
async function tamper(database: Database, ...statements: string[]): Promise<void> {
  const triggers = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'trigger'`.execute(database)
  for (const { name } of triggers.rows) await sql.raw(`drop trigger ${name}`).execute(database)
  for (const statement of statements) await sql.raw(statement).execute(database)
  for (const each of triggers.rows) await sql.raw(each.sql).execute(database)
}

t.test('canonical JSON has one spelling', (t) => {
  t.equal(toCanonicalJson({ b: 1, a: 'é"\n', c: null }), '{"a":"é\\"\\n","b":1,"c":null}')
  t.equal(toCanonicalJson({ c: null, b: 1, a: 'é"\n' }), '{"a":"é\\"\\n","b":1,"c":null}')
  t.throws(() => toCanonicalJson(0.1), RangeError)
  t.end()
})

t.test('S-28 an untouched log is whole, and its head is the last line', async (t) => {
  const { audit, database } = await makeLog(t, 5)
  const head = await audit.loadHead()
  t.match(head, { seq: 5, hash: /^[\w-]{43}$/ })
  t.same(await audit.verify(), { isWhole: true, count: 5, head })
  const rows = await database.selectFrom('audit_events').select('seq').execute()
  t.strictSame(
    rows.map(({ seq }) => seq),
    [1, 2, 3, 4, 5],
  )
})

const TAMPERINGS: Record<string, readonly [flaw: string, badSeq: number, ...string[]]> = {
  change: ['changed', 3, `update audit_events set details = '{"count":99}' where seq = 3`],
  'change of the time': ['changed', 2, 'update audit_events set at = at + 1 where seq = 2'],
  'change of the person': ['changed', 4, `update audit_events set subject_id = 'x' where seq = 4`],
  delete: ['missing', 3, 'delete from audit_events where seq = 3'],
  'delete and close the gap': [
    'changed',
    3,
    'delete from audit_events where seq = 3',
    'update audit_events set seq = 3 where seq = 4',
    'update audit_events set seq = 4 where seq = 5',
  ],
  reorder: [
    'changed',
    2,
    'update audit_events set seq = 99 where seq = 2',
    'update audit_events set seq = 2 where seq = 4',
    'update audit_events set seq = 4 where seq = 99',
  ],
  truncate: ['missing', 4, 'delete from audit_events where seq > 3'],
  'truncate to nothing': ['missing', 1, 'delete from audit_events'],
  'truncate with the head': [
    'head',
    3,
    'delete from audit_events where seq > 3',
    `update audit_head set seq = 3, sealed = ''`,
  ],
  'add a copy of the first line': [
    'changed',
    6,
    `insert into audit_events select 6, at, action, actor_kind, actor_id, actor_role, subject_id,
      details, hash, seal from audit_events where seq = 1`,
  ],
}

for (const [name, [flaw, badSeq, ...statements]] of Object.entries(TAMPERINGS)) {
  t.test(`S-28 tampering shows: ${name}`, async (t) => {
    const { audit, database } = await makeLog(t, 5)
    await tamper(database, ...statements)
    t.same(await audit.verify(), { isWhole: false, badSeq, flaw })
  })
}

t.test('S-28 a log that is written on while it is looked through is whole', async (t) => {
  const { audit } = await makeLog(t, 600)
  const looking = audit.verify()
  for (let number = 0; number < 50; number += 1) {
    await audit.record({ action: 'staff.listed', actor: CLI, subjectId: null })
  }
  t.match(await looking, { isWhole: true })
})

t.test('looking through the log lets the server go on between pages', async (t) => {
  const { audit } = await makeLog(t, 1_000)
  let turns = 0
  let isLooking = true
  const turn = () => {
    turns += 1
    if (isLooking) setImmediate(turn)
  }
  setImmediate(turn)
  const verdicts = await Promise.all([audit.verify(), audit.verify()])
  isLooking = false
  t.ok(turns >= 4, `${turns} turns of the event loop`)
  t.ok(turns < 8, 'two who ask at once share one look')
  t.match(verdicts, [{ isWhole: true }, { isWhole: true }])
})

t.test('S-28 a chain made anew without the key is known from its first line', async (t) => {
  const { audit, database, clock } = await makeLog(t, 5)
  const forger = new Audit({ database, clock, secrets: new Secrets(randomBytes(32)) })
  const genuine = await database.selectFrom('audit_events').selectAll().execute()
  await tamper(database, 'delete from audit_events', `update audit_head set seq = 0, sealed = ''`)
  for (const row of genuine) {
    const event = { action: 'staff.listed', actor: CLI, subjectId: row.subject_id } as const
    await forger.record(event)
  }
  t.match(await audit.verify(), { isWhole: false, badSeq: 1, flaw: 'forged' })
})

t.test('S-28 what was cut off stays visible when the log goes on', async (t) => {
  const { audit, database } = await makeLog(t, 5)
  await tamper(database, 'delete from audit_events where seq = 5')
  await audit.record({ action: 'staff.listed', actor: CLI, subjectId: null })
  t.same(await audit.verify(), { isWhole: false, badSeq: 5, flaw: 'missing' })
})

t.test('S-28 a head kept outside proves a log that was set back as a whole', async (t) => {
  const { audit, database } = await makeLog(t, 3)
  const before = await database.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow()
  await audit.record({ action: 'staff.listed', actor: CLI, subjectId: null })
  const kept = parseHeadText((await audit.loadHeadText()) ?? '')
  if (kept === null) throw new Error('no head')
  t.match(await audit.verify(kept), { isWhole: true })
  await tamper(
    database,
    'delete from audit_events where seq = 4',
    `update audit_head set seq = 3, sealed = '${before.sealed}'`,
  )
  t.match(await audit.verify(), { isWhole: true }, 'from the inside nothing is to be seen')
  t.same(await audit.verify(kept), { isWhole: false, badSeq: 4, flaw: 'missing' })
  const unsealed = { ...kept, seal: null }
  t.same(await audit.verify(unsealed), { isWhole: false, badSeq: 4, flaw: 'missing' })
  const madeUp = { ...kept, seq: 3 }
  t.same(await audit.verify(madeUp), { isWhole: false, badSeq: 3, flaw: 'forged' })
})

t.test(
  'S-28 the head is written at the start and with each day, and never otherwise',
  async (t) => {
    const { audit, clock } = await makeLog(t, 0)
    const heads: unknown[] = []
    const errors: unknown[] = []
    const log = {
      info: (fields: object) => heads.push(fields),
      error: (fields: object) => errors.push(fields),
    }
    let isBroken = false
    const loadHeadText = () => (isBroken ? Promise.reject(new Error('disk')) : audit.loadHeadText())
    const witness = new HeadWitness({ clock, audit: { loadHeadText }, log })
    t.teardown(() => witness.stop())
    const settle = () => new Promise((resolve) => setImmediate(resolve))
    const midnight = Date.UTC(2026, 10, 3)
    await witness.start()
    t.same(heads, [], 'an empty log has no head')
    const event = { action: 'staff.listed', actor: CLI, subjectId: null } as const
    await audit.record(event)
    clock.advance(midnight - 1 - clock.now())
    await settle()
    t.same(heads, [])
    clock.advance(1)
    await settle()
    t.same(heads, [{ code: 'AUDIT_HEAD', head: await audit.loadHeadText() }])
    isBroken = true
    clock.advance(24 * 3_600_000)
    await settle()
    t.match(errors, [{ code: 'AUDIT_HEAD_UNREADABLE' }])
    isBroken = false
    await audit.record(event)
    clock.advance(24 * 3_600_000)
    await settle()
    t.same(heads.slice(1), [{ code: 'AUDIT_HEAD', head: await audit.loadHeadText() }])
    t.equal(clock.now(), midnight + 48 * 3_600_000)
  },
)

t.test('S-28 the database itself refuses to change, remove or replace a line', async (t) => {
  const { audit, database } = await makeLog(t, 3)
  const copy = (seq: number) =>
    `insert or replace into audit_events select ${seq}, at, action, actor_kind, actor_id,
      actor_role, subject_id, details, hash, seal from audit_events where seq = 1`
  for (const statement of [
    'update audit_events set at = 1',
    'delete from audit_events where seq = 3',
    copy(2),
    copy(0),
    'delete from audit_head',
    'update audit_head set seq = 1',
    `insert or replace into audit_head (id, seq, sealed) values (1, 0, '')`,
  ]) {
    await t.rejects(sql.raw(statement).execute(database), /only added to/, statement)
  }
  t.match(await audit.verify(), { isWhole: true, count: 3 })
})

t.test('a log whose seal is gone is not written on', async (t) => {
  const { audit, database } = await makeLog(t, 2)
  await tamper(database, `update audit_head set sealed = ''`)
  const event: AuditEvent = { action: 'staff.listed', actor: CLI, subjectId: null }
  await t.rejects(audit.record(event), SealError)
  t.match(await audit.verify(), { isWhole: false, badSeq: 2, flaw: 'head' })
})

t.test('a line belongs to the transaction of what it tells', async (t) => {
  const { audit, database } = await makeLog(t, 1)
  const failing = database.transaction().execute(async (transaction) => {
    await audit.record({ action: 'staff.created', actor: CLI, subjectId: null }, transaction)
    throw new Error('not after all')
  })
  await t.rejects(failing, /not after all/)
  t.match(await audit.verify(), { isWhole: true, count: 1 })
})

t.test('there is no place for a name or a text beside an event', async (t) => {
  const { audit } = await makeLog(t, 0)
  for (const details of [
    { name: 'Anna' },
    { reason: 'Anna Jensen' },
    { reason: '' },
    { count: 0.5 },
    { reason: 'x'.repeat(101) },
  ]) {
    const event = { action: 'staff.created', actor: CLI, subjectId: null, details } as const
    await t.rejects(audit.record(event), RangeError, JSON.stringify(details))
  }
  t.same(await audit.verify(), { isWhole: true, count: 0, head: null })
})

t.test('S-31 people see when and why their data was read, and not by whom', async (t) => {
  const { audit, clock } = await makeLog(t, 2)
  const subjectId = PEOPLE.anna
  await audit.record({ action: 'devices.listed', actor: METTE, subjectId })
  const at = clock.now()
  await audit.record({ action: 'session.ended', actor: METTE, subjectId })
  await audit.record({ action: 'devices.listed', actor: METTE, subjectId: PEOPLE.jens })
  const lookups = await audit.listLookups(subjectId)
  t.strictSame(lookups, [{ at, action: 'devices.listed', role: 'worker' }])
  t.strictSame(await audit.listLookups(subjectId, at + 1), [])
})

t.test(
  'S-28 lines that are too old go, and what is left shows each change as before',
  async (t) => {
    const { audit, clock, database } = await makeLog(t, 600)
    const old = parseHeadText((await audit.loadHeadText()) ?? '') ?? undefined
    const early = { ...(await readHead(database, 100)), seal: null }
    const atCut = { ...(await readHead(database, 250)), seal: null }
    await t.rejects(
      database.deleteFrom('audit_events').where('seq', '=', 1).execute(),
      /only added to/,
    )
    const before = clock.now() - 250_000
    t.equal(await audit.countBefore(before), 349)
    t.equal(await audit.cut(before), 250)
    t.match(await audit.verify(), { isWhole: true, count: 350 })
    t.match(await audit.verify(atCut), { isWhole: true })
    t.match(await audit.verify({ ...atCut, hash: early.hash }), { flaw: 'changed', badSeq: 250 })
    t.match(await audit.verify(early), { isWhole: true, isKeptGone: true })
    t.equal(await audit.cut(before), 99)
    t.equal(await audit.cut(before), 0)
    t.match(await audit.verify(old), { isWhole: true, count: 251 })
    await t.rejects(
      database.deleteFrom('audit_events').where('seq', '=', 350).execute(),
      /only added to/,
    )
    // The last line is what the next is chained to.
    clock.advance(1_000_000)
    while ((await audit.cut(clock.now())) > 0);
    t.match(await audit.verify(), { isWhole: true, count: 1 })
    await audit.record({ action: 'staff.listed', actor: CLI, subjectId: null })
    t.match(await audit.verify(), { isWhole: true, count: 2, head: { seq: 601 } })
  },
)

t.test('S-28 nobody without the key can cut the log, or move where it begins', async (t) => {
  const attempts = [
    'delete from audit_events where seq <= 300',
    'delete from audit_events where seq <= 300; update audit_anchor set seq = 300',
    `delete from audit_events where seq <= 300; update audit_anchor set seq = 300, sealed = (select sealed from audit_head)`,
    `update audit_anchor set seq = 0, sealed = ''`,
  ]
  for (const attempt of attempts) {
    const { audit, clock, database } = await makeLog(t, 600)
    t.equal(await audit.cut(clock.now() - 400_000), 199)
    await tamper(database, ...attempt.split('; '))
    t.match(await audit.verify(), { isWhole: false }, attempt)
  }
})

t.test('S-28 a log that is cut while it is looked through is whole', async (t) => {
  const { audit, clock } = await makeLog(t, 1_500)
  const looking = audit.verify()
  while ((await audit.cut(clock.now() - 100_000)) > 0);
  t.match(await looking, { isWhole: true })
})

async function readHead(database: Database, seq: number) {
  const row = database.selectFrom('audit_events').select(['seq', 'hash']).where('seq', '=', seq)
  return row.executeTakeFirstOrThrow()
}
