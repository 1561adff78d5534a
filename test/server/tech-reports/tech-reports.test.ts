import t from 'tap'
import {
  SUPPORT_CODE_LIFE_MS,
  SUPPORT_CODE_PATTERN,
  type NewReportReply,
  type StoredReport,
} from '@naervaer/shared'
import type { FastifyInstance } from 'fastify'
import type {} from '../../../server/src/tech-reports/plugin.ts'
import { MAX_REPORTS } from '../../../server/src/tech-reports/service.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { makeReport } from '../../helpers/tech-report.ts'

const REPORTS = '/api/check/reports'
const open = (code: string) => `/api/it/reports/${code}`
const nobody = (app: FastifyInstance) => new HttpPerson(app)

async function leave(person: HttpPerson, report = makeReport()): Promise<NewReportReply> {
  const { status, body } = await person.ask('POST', REPORTS, report)
  t.equal(status, 201)
  return body as NewReportReply
}

t.test('HT70 N8 a report gets a code, and IT opens by it what was measured', async (t) => {
  const { app, clock } = await makeApp(t)
  const report = makeReport({ camera: { result: 'refused', error: 'NotAllowedError' } })
  const { code, expiresAt } = await leave(nobody(app), report)
  t.match(code, new RegExp(SUPPORT_CODE_PATTERN))
  t.equal(expiresAt, clock.now() + SUPPORT_CODE_LIFE_MS)
  const bo = await HttpPerson.signIn(app, 'bo')
  const { status, body } = await bo.ask('GET', open(code))
  t.equal(status, 200)
  const expected: StoredReport = {
    ...{ code, createdAt: clock.now(), expiresAt, findings: ['K1'], isBuildCurrent: null },
    report,
  }
  t.strictSame(body, expected)
  const lines = await app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_role', 'subject_id', 'details'])
    .where('action', '=', 'report.read')
    .execute()
  const line = { action: 'report.read', actor_role: 'it', subject_id: null, details: '{}' }
  t.strictSame(lines, [line], 'that it was read, and nothing of whose it is')
})

t.test('W-30 of who has left a report nothing is kept', async (t) => {
  const { app } = await makeApp(t)
  await leave(await HttpPerson.signIn(app, 'anna'))
  const rows = await app.database.selectFrom('tech_reports').selectAll().execute()
  t.strictSame(
    rows.map((row) => Object.keys(row)),
    [['code', 'report', 'created_at', 'expires_at']],
  )
  t.strictSame(JSON.parse(rows[0]?.report ?? ''), makeReport(), 'as it was sent')
})

t.test('HT71 a code opens nothing after a day, and its report is gone', async (t) => {
  const { app, clock } = await makeApp(t)
  const { code } = await leave(nobody(app))
  clock.advance(SUPPORT_CODE_LIFE_MS - 1)
  const bo = await HttpPerson.signIn(app, 'bo')
  t.equal((await bo.ask('GET', open(code))).status, 200)
  clock.advance(1)
  t.match(await bo.ask('GET', open(code)), { status: 404, code: 'REPORT_NOT_FOUND' })
  await app.techReports.forgetOld()
  t.strictSame(await app.database.selectFrom('tech_reports').selectAll().execute(), [])
})

t.test('HT70 what is not in the list of fields is refused', async (t) => {
  const { app } = await makeApp(t)
  const person = nobody(app)
  for (const bad of [{}, { ...makeReport(), name: 'Anna' }, { ...makeReport(), build: 'a b c' }]) {
    t.match(await person.ask('POST', REPORTS, bad), { status: 400, code: 'BODY_INVALID' })
  }
  const large = { ...makeReport(), build: 'x'.repeat(9_000) }
  t.match(await person.ask('POST', REPORTS, large), { status: 413, code: 'FRAME_TOO_LARGE' })
  t.strictSame(await app.database.selectFrom('tech_reports').selectAll().execute(), [])
})

t.test('HT70 one address leaves twenty in ten minutes', async (t) => {
  const { app, clock } = await makeApp(t)
  const person = nobody(app)
  for (let n = 0; n < 20; n += 1) await leave(person)
  t.match(await person.ask('POST', REPORTS, makeReport()), { status: 429, code: 'RATE_LIMITED' })
  clock.advance(10 * 60_000)
  await leave(person)
})

t.test('HT71 IT cannot try codes one after the other', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  for (let n = 0; n < 30; n += 1) t.equal((await bo.ask('GET', open('ACDE'))).status, 404)
  t.match(await bo.ask('GET', open('ACDE')), { status: 429, code: 'RATE_LIMITED' })
})

t.test(
  'HT70 codes that are taken are passed over, and a flood fills no more than a tenth',
  async (t) => {
    const { app } = await makeApp(t)
    const at = app.clock.now()
    const rows = Array.from({ length: MAX_REPORTS }, (_, n) => ({
      ...{ code: `x${String(n)}`, report: '{}', created_at: at, expires_at: at + 1_000 },
    }))
    for (let from = 0; from < rows.length; from += 5_000) {
      await app.database
        .insertInto('tech_reports')
        .values(rows.slice(from, from + 5_000))
        .execute()
    }
    t.match(await nobody(app).ask('POST', REPORTS, makeReport()), { status: 429 })
    await app.database.deleteFrom('tech_reports').where('code', '=', 'x0').execute()
    await leave(nobody(app))
  },
)
