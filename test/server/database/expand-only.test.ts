import SqliteFile from 'better-sqlite3'
import { join } from 'node:path'
import t from 'tap'
import type { AnyDatabase, Migration } from '../../../migrations/dialect.ts'
import { STEP_NAMES } from '../../../server/src/database/migrate.ts'
import { openDatabase } from '../../../server/src/database/open.ts'
import { makeTempDir } from '../../helpers/build-app.ts'

/**
 * Steps from before the first release that do more than add. Nobody had records then that a version before had to
 * run on; a step of later says what it `needs` instead, and this list grows no more.
 */
const BEFORE_THE_FIRST_RELEASE: Readonly<Record<string, string>> = {
  '0009-teams-and-roles': 'one person may have several roles: their table is made anew',
  '0011-ends-and-roles-apart': 'a trigger that makes nobody both citizen and staff',
  '0017-relay-missing': 'one more result of a call, in a column that is made anew',
  '0029-woken': 'one more line of a home visit: its table is made anew',
  '0051-retention': 'the old end of the audit log may go: its trigger is another one',
}

/** Tables, indexes and triggers by their names, as SQLite keeps what made them. */
type Schema = ReadonlyMap<string, { readonly kind: string; readonly table: string; sql: string }>

function readSchema(file: SqliteFile.Database): Schema {
  const rows = file
    .prepare(`select type as kind, name, tbl_name as "table", sql from sqlite_schema`)
    .all() as { kind: string; name: string; table: string; sql: string | null }[]
  return new Map(rows.map(({ name, kind, table, sql }) => [name, { kind, table, sql: sql ?? '' }]))
}

/**
 * What a step did besides adding tables, indexes that hold nobody back, and columns that may be left out. SQLite
 * keeps a table's own words, so one that was only widened has them all still, and something between them.
 */
function listNarrowed(before: Schema, after: Schema): string[] {
  const narrowed: string[] = []
  for (const [name, { kind, sql }] of before) {
    const now = after.get(name)?.sql
    if (now === undefined) narrowed.push(`${kind} ${name} is gone`)
    else if (kind === 'table' ? !isWidened(sql, now) : now !== sql)
      narrowed.push(`${kind} ${name} is another one`)
  }
  for (const [name, { kind, table, sql }] of after) {
    if (before.has(name) || !before.has(table)) continue
    if (kind === 'trigger') narrowed.push(`trigger ${name} holds a table that was there`)
    if (kind === 'index' && /^create unique/i.test(sql))
      narrowed.push(`unique index ${name} is of a table that was there`)
  }
  return narrowed
}

/** Whether only columns were put in that whoever does not know them need not fill. SQLite sees to their defaults. */
function isWidened(before: string, now: string): boolean {
  let same = 0
  while (same < before.length && before[same] === now[same]) same += 1
  const rest = before.slice(same)
  if (!now.endsWith(rest)) return false
  const added = now.slice(same, now.length - rest.length).replace(/'[^']*'/g, '')
  const [, ...checks] = added.replace(/references "?\w+"? ?\([^)]*\)/gi, '').split(/\bcheck\b/i)
  // A check may bind the new column, and none that was there: the version before writes that as it always has.
  const words = checks.join(' ').match(/\w+/g) ?? []
  return !words.some((word) => new RegExp(`"${word}"|[(,]\\s*${word} `).test(before))
}

async function makeSteps(folder: string) {
  const path = join(folder, 'naervaer.sqlite')
  const database = openDatabase(path)
  const file = new SqliteFile(path)
  // As `migrate` makes it before the first step.
  file.exec('create table migrations (name text primary key not null, applied_at integer not null)')
  const made: { name: string; needs: string | undefined; narrowed: string[] }[] = []
  for (const name of STEP_NAMES) {
    const step = (await import(`../../../migrations/${name}.ts`)) as Migration
    const before = readSchema(file)
    await step.up(database as unknown as AnyDatabase)
    made.push({ name, needs: step.needs, narrowed: listNarrowed(before, readSchema(file)) })
  }
  file.close()
  await database.destroy()
  return made
}

t.test('O-10 a step only adds, or says what a version must know to go on', async (t) => {
  const made = await makeSteps(makeTempDir(t))
  const excused = Object.keys(BEFORE_THE_FIRST_RELEASE)
  const found = made.filter(({ narrowed, needs }) => narrowed.length > 0 && needs === undefined)
  for (const { name, narrowed } of found.filter(({ name }) => !excused.includes(name)))
    t.fail(`${name}: ${narrowed.join('; ')}`)
  t.strictSame(
    excused.filter((name) => !found.some((each) => each.name === name)),
    [],
    'nobody is excused for nothing',
  )
  for (const { name, needs } of made.filter(({ needs }) => needs !== undefined)) {
    const [own, other] = [STEP_NAMES.indexOf(name), STEP_NAMES.indexOf(needs ?? '')]
    t.ok(other >= 0 && other < own, `${name} needs an earlier step`)
    t.ok(own > STEP_NAMES.indexOf('0053-what-steps-need'), `${name} has a place to say so`)
  }
})

const NARROWING: readonly (readonly [sql: string, found: RegExp])[] = [
  ['drop table b', /table b is gone/],
  ['alter table a rename to c', /table a is gone/],
  ['alter table a drop column note', /table a is another one/],
  ['alter table a rename column note to text', /table a is another one/],
  [`alter table a add column x text check (x is null or note is null)`, /table a is another one/],
  ['create unique index one on a (note)', /unique index one/],
  [`create trigger no before insert on a begin select 1; end`, /trigger no/],
  ['drop index b_note', /index b_note is gone/],
]

const WIDENING = [
  'create table c (id text primary key not null, a_id text not null unique references a (id)) strict',
  'alter table a add column x text',
  `alter table a add column x text not null default 'y'`,
  `alter table a add column x text check (x in ('note', 'z'))`,
  `alter table a add column b_id text references b (id) check (b_id > '')`,
  'create index a_note on a (note)',
]

t.test('what narrows is seen, and what widens is not held against a step', (t) => {
  const look = (sql: string) => {
    const file = new SqliteFile(':memory:')
    file.exec(`create table a (id text primary key not null, note text) strict;
      create table b (id text primary key not null, note text) strict;
      create index b_note on b (note)`)
    const before = readSchema(file)
    file.exec(sql)
    const narrowed = listNarrowed(before, readSchema(file))
    file.close()
    return narrowed.join('; ')
  }
  for (const [sql, found] of NARROWING) t.match(look(sql), found, sql)
  for (const sql of WIDENING) t.equal(look(sql), '', sql)
  t.end()
})
