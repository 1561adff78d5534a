import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import t from 'tap'
import {
  STAFF_IDLE_MS,
  STAFF_LIFE_MS,
  CITIZEN_LIFE_MS,
} from '../../../server/src/accounts/session-life.ts'
import { DAY_MS } from '../../../server/src/backup/folders.ts'
import { run } from '../../../server/src/cli/run.ts'
import { readConfig } from '../../../server/src/config.ts'
import { DEVICE_STATE_LIFE_MS } from '../../../server/src/device-desk/device-desk.ts'
import { INVENTORY_LANGUAGES, listInventory } from '../../../server/src/inventory/inventory.ts'
import { listKept, sayDuration } from '../../../server/src/inventory/kept.ts'
import { listRecordLines } from '../../../server/src/inventory/record.ts'
import { KEPT_MS as PAIRING_KEPT_MS } from '../../../server/src/pairing/pairings.ts'
import { NOTICE_KEPT_MS } from '../../../server/src/push/service.ts'
import { KEPT_MS as NEWS_KEPT_MS } from '../../../server/src/reminders/change-news.ts'
import { KEPT_MS as REMINDER_KEPT_MS } from '../../../server/src/reminders/service.ts'
import { CHALLENGE_LIFE_MS } from '../../../server/src/sign-in/challenges.ts'
import { INVITATION_LIFE_MS } from '../../../server/src/sign-in/invitations.ts'
import { lix } from '../../client/lix.ts'
import { makeApp } from '../../helpers/build-app.ts'

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** Cells without the blanks that prettier lines them up with. */
const squeeze = (page: string) => page.replace(/ +\|/g, ' |').replace(/\| -+(?= \|)/g, '| ---')

t.test('L-11 each table is in one kind of data of the record, and no other is', async (t) => {
  const { app } = await makeApp(t)
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema
    where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'
  `.execute(app.database)
  const named = listInventory().flatMap(({ tables }) => [...tables])
  t.ok(rows.length > 20)
  t.strictSame(named.toSorted(), rows.map(({ name }) => name).sort())
})

t.test('L-11 the record’s time limits are those that the rooms hold', (t) => {
  t.match(listKept(), {
    backup: readConfig({}).backup.keepDays * DAY_MS,
    challenge: CHALLENGE_LIFE_MS,
    citizenSession: CITIZEN_LIFE_MS,
    deviceState: DEVICE_STATE_LIFE_MS,
    invitation: INVITATION_LIFE_MS,
    news: NEWS_KEPT_MS,
    notice: NOTICE_KEPT_MS,
    pairing: PAIRING_KEPT_MS,
    reminder: REMINDER_KEPT_MS,
    staffIdle: STAFF_IDLE_MS,
    staffSession: STAFF_LIFE_MS,
  })
  t.equal(sayDuration(90_000 * 60, 'da'), '90 minutter')
  t.equal(sayDuration(3_600_000, 'da'), '1 time')
  t.equal(sayDuration(24 * 3_600_000, 'en'), '24 hours')
  t.equal(sayDuration(2 * DAY_MS, 'en'), '2 days')
  t.throws(() => sayDuration(90_500, 'da'), RangeError)
  t.end()
})

t.test('L-11 the record says the limits that the operator has set', (t) => {
  const { retention } = readConfig({ RETENTION_CALLS_DAYS: '30', RETENTION_AUDIT_DAYS: '200' })
  const lines = listRecordLines('en', listKept(retention)).join('\n')
  t.match(lines, '| 30 days. Then they are counted')
  t.match(lines, '| 200 days. The database refuses')
  t.notMatch(lines, '396 days')
  t.throws(
    () => readConfig({ RETENTION_CALLS_DAYS: '6' }),
    /RETENTION_CALLS_DAYS must be days from 7/,
  )
  t.throws(() => readConfig({ RETENTION_AUDIT_DAYS: '3651' }), /RETENTION_AUDIT_DAYS/)
  t.end()
})

t.test('L-11 naervaer art30 prints the record that is in docs, in either language', async (t) => {
  for (const language of INVENTORY_LANGUAGES) {
    let printed = ''
    const code = await run(['art30', '--language', language], {
      out: (text) => (printed += text),
      err: (text) => t.fail(text),
    })
    t.equal(code, 0)
    const page = await read(`docs/data-protection/record-of-processing.${language}.md`)
    t.equal(squeeze(page), printed, language)
  }
  const errors: string[] = []
  const code = await run(['art30', '--language', 'sv'], {
    out: (text) => t.fail(text),
    err: (text) => errors.push(text),
  })
  t.equal(code, 2)
  t.match(errors.join(''), 'da or en')
})

t.test('the text for citizens is easy to read, and says the limits that hold', async (t) => {
  const [, text = ''] = (await read('docs/data-protection/citizens.da.md')).split('\n---\n')
  t.ok(text.length > 1_000)
  const plain = text.replace(/\*\*\[.*?\]\*\*|\[(.*?)\]\(.*?\)|[*#-]/g, '$1')
  t.ok(lix(plain) <= 30, `LIX ${lix(plain).toFixed(0)}`)
  t.match(text, 'efter et halvt år')
  t.equal(listKept().appointment / DAY_MS, 183)
  t.match(text, 'efter en halv time')
  t.equal(listKept().ready / 60_000, 30)
  t.match(text, `senest efter ${sayDuration(listKept().callback, 'da')}`)
})
