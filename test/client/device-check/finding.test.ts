import t from 'tap'
import {
  CHECK_STEPS,
  findFinding,
  isTried,
  type CheckStep,
} from '../../../client/src/device-check/finding.ts'
import type { Probe, TechReport } from '@naervaer/shared'
import { makeReport } from '../../helpers/tech-report.ts'
import { readTexts } from '../texts/all-texts.ts'
import { findNoticesKey } from '../../../client/src/device-check/finding-words.ts'

const CITIZEN = { isCitizen: true }
const OTHER = { isCitizen: false }

const { relay, permissions, push, line } = makeReport()
const ok: Probe = { state: 'ok', ms: 40 }
const failed: Probe = { state: 'failed', ms: null }
const notTried: Probe = { state: 'notTried', ms: null }
const absent: Probe = { state: 'absent', ms: null }
const inRelay = (change: Partial<TechReport['relay']>) =>
  makeReport({ relay: { ...relay, ...change } })
const inTrial = (trial: Probe) => makeReport({ push: { ...push, trial } })

const listUntried = (report: TechReport, viewer: { isCitizen: boolean }): CheckStep[] =>
  CHECK_STEPS.filter((step) => !isTried(step, report, viewer))

t.test('N28 the connection is tried only with the relay, where there is one', (t) => {
  const none = { udp: notTried, tcp: notTried, tls: notTried, loop: notTried }
  t.strictSame(listUntried(inRelay(none), OTHER), ['line'], 'no credentials were given')
  t.strictSame(listUntried(inRelay({ loop: notTried }), OTHER), ['line'], 'not there and back')
  t.strictSame(
    listUntried(inRelay({ udp: notTried, tcp: failed, loop: notTried }), OTHER),
    ['line'],
    'the relay had none left for one way',
  )
  const away = { udp: absent, tcp: absent, tls: absent, loop: notTried }
  t.strictSame(listUntried(inRelay(away), OTHER), [], 'a server without a relay')
  const blocked = { udp: failed, tcp: failed, loop: notTried }
  t.strictSame(listUntried(inRelay(blocked), OTHER), [], 'what fails has been tried')
  const offline = makeReport({ line: { ...line, http: failed }, relay: { ...relay, ...none } })
  t.strictSame(listUntried(offline, OTHER), [], 'without a server there is no more to try')
  t.end()
})

t.test('N28 notices have been tried where one was sent, and only citizens have any', (t) => {
  t.strictSame(listUntried(inTrial(notTried), CITIZEN), ['notification'])
  t.strictSame(listUntried(inTrial(notTried), OTHER), [])
  for (const trial of [ok, failed]) t.strictSame(listUntried(inTrial(trial), CITIZEN), [])
  t.end()
})

t.test('W-29 B1 is the citizens’: nobody else is ever notified', (t) => {
  const report = makeReport({ permissions: { ...permissions, notifications: 'denied' } })
  t.match(findFinding('notification', report, CITIZEN), { code: 'B1', isMinor: false })
  t.equal(findFinding('notification', report, OTHER), null)
  t.end()
})

t.test('W-29 what keeps nobody from a call is minor', (t) => {
  const slow = inRelay({ udp: failed })
  t.match(findFinding('line', slow, OTHER), { code: 'N2', isMinor: true })
  const ending = makeReport({ line: { ...line, certificateDays: 2 } })
  t.match(findFinding('line', ending, OTHER), { code: 'S2', isMinor: true })
  const blocked = inRelay({ udp: failed, tcp: failed, loop: notTried })
  t.match(findFinding('line', blocked, OTHER), { code: 'N3', isMinor: false })
  t.end()
})

t.test('W-29 B1 is mended where the notices of this very browser are', async (t) => {
  const da: Readonly<Record<string, string>> = await readTexts('da')
  const say = (way: Parameters<typeof findNoticesKey>[0]) =>
    (da[findNoticesKey(way)] ?? '').replace('{what}', da['check.what.notifications'] ?? '')
  t.match(say('iosApp'), /^Åbn Indstillinger\. Tryk på »Notifikationer«\. Find appens navn\./)
  t.match(say('iosSafari'), /hjemmeskærm/, 'a page in Safari gets no notices')
  t.match(say('androidApp'), /»Appinfo«\. Tryk på »Notifikationer«/)
  t.match(say('androidChrome'), /»Tilladelser«\. Slå notifikationer til\.$/)
  t.match(say('deskFirefox'), /lov til notifikationer\.$/)
  for (const way of ['iosApp', 'androidChrome', 'deskChrome', 'deskEdge', 'other'] as const)
    t.notMatch(say(way), /beskeder/i, 'on a phone those are the text messages')
})
