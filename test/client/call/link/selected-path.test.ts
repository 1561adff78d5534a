import t from 'tap'
import { PATHS } from '@naervaer/shared'
import { findSelectedPath } from '../../../../client/src/call/link/selected-path.ts'

function makeReport(local: string, remote: string): RTCStatsReport {
  const entries = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
    { id: 'L', type: 'local-candidate', candidateType: local },
    { id: 'R', type: 'remote-candidate', candidateType: remote },
  ]
  return new Map(entries.map((entry) => [entry.id, entry]))
}

/** What the server makes of what both sides say (CI9). */
const findLonger = (one: string, other: string) =>
  PATHS.toReversed().find((path) => path === one || path === other)

t.test('CI9 the path of a pair of candidates', (t) => {
  const cases = [
    ['host', 'host', 'host'],
    // Its first check was here before its candidate, or it is behind a NAT, and says so itself.
    ['host', 'prflx', 'host'],
    ['host', 'srflx', 'srflx'],
    ['srflx', 'host', 'srflx'],
    ['prflx', 'host', 'srflx'],
    ['prflx', 'prflx', 'srflx'],
    ['relay', 'prflx', 'relay'],
    ['host', 'relay', 'relay'],
  ] as const
  for (const [local, remote, path] of cases)
    t.equal(findSelectedPath(makeReport(local, remote)), path, `${local}, ${remote}`)
  t.equal(findSelectedPath(new Map()), null)
  t.end()
})

t.test('CI9 a NAT in front of either side is in what the two say together', (t) => {
  const say = (local: string, remote: string) => findSelectedPath(makeReport(local, remote)) ?? ''
  t.equal(findLonger(say('host', 'prflx'), say('host', 'host')), 'host', 'the same net')
  t.equal(
    findLonger(say('host', 'prflx'), say('srflx', 'host')),
    'srflx',
    'a NAT it has asked about',
  )
  t.equal(findLonger(say('host', 'prflx'), say('prflx', 'host')), 'srflx', 'one it meets first now')
  t.equal(findLonger(say('host', 'prflx'), say('relay', 'host')), 'relay', 'a relay')
  t.end()
})
