import t from 'tap'
import { Check } from 'typebox/schema'
import {
  CHECK_CODE_NAMES,
  diagnose,
  findBuild,
  isRelayAtFault,
  parseSupportCode,
  SUPPORT_CODE_SIGNS,
  TechReportSchema,
  type CheckCode,
  type TechReport,
} from '@naervaer/shared'
import { makeReport } from '../../helpers/tech-report.ts'

/** Every field a report may have, and what it can hold: a new one has to be thought about here. */
const ALLOWED: Readonly<Record<string, string>> = {
  build: 'mark',
  'serviceWorker.state': 'name',
  'serviceWorker.build': 'mark',
  'device.kind': 'name',
  'device.system': 'name',
  'device.systemVersion': 'version',
  'device.browser': 'name',
  'device.browserVersion': 'version',
  'device.isInstalled': 'boolean',
  'device.canKeepAwake': 'boolean',
  'device.missing[]': 'name',
  'permissions.camera': 'name',
  'permissions.microphone': 'name',
  'permissions.notifications': 'name',
  'inputs.cameras': 'integer',
  'inputs.microphones': 'integer',
  'camera.result': 'name',
  'camera.error': 'name',
  'microphone.result': 'name',
  'microphone.error': 'name',
  sound: 'name',
  'line.isOnline': 'boolean',
  'line.type': 'name',
  'line.http.state': 'name',
  'line.http.ms': 'integer',
  'line.socket.state': 'name',
  'line.socket.ms': 'integer',
  'line.socketCloseCode': 'integer',
  'line.clockSkewS': 'integer',
  'line.isProxySeen': 'boolean',
  'line.certificateDays': 'integer',
  'relay.udp.state': 'name',
  'relay.udp.ms': 'integer',
  'relay.tcp.state': 'name',
  'relay.tcp.ms': 'integer',
  'relay.tls.state': 'name',
  'relay.tls.ms': 'integer',
  'relay.loop.state': 'name',
  'relay.loop.ms': 'integer',
  'relay.candidateTypes[]': 'name',
  'storage.isPersisted': 'boolean',
  'storage.freeMb': 'integer',
  'push.isSubscribed': 'boolean',
  'push.service': 'name',
  'push.trial.state': 'name',
  'push.trial.ms': 'integer',
  'lastCall.outcome': 'name',
  'lastCall.endReason': 'name',
}

interface Node {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly additionalProperties?: unknown
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
}

/** What the leaves of a schema can hold; "text" for anything that is not held to something. */
function listLeaves(node: Node, path: string): [string, string][] {
  if (node.anyOf !== undefined) {
    const inner = node.anyOf.filter(({ type }) => type !== 'null')
    return inner.flatMap((each) => listLeaves(each, path))
  }
  if (node.properties !== undefined) {
    const isClosed = node.additionalProperties === false
    return Object.entries(node.properties).flatMap(([name, inner]) =>
      listLeaves(inner, `${isClosed ? '' : 'open:'}${path === '' ? '' : `${path}.`}${name}`),
    )
  }
  if (node.items !== undefined) return listLeaves(node.items, `${path}[]`)
  return [[path, judge(node)]]
}

function judge({ type, enum: names, pattern, maxLength, minimum, maximum }: Node): string {
  if (names !== undefined) return 'name'
  if (type === 'boolean') return 'boolean'
  if (type === 'integer' && minimum !== undefined && maximum !== undefined) return 'integer'
  if (pattern === '^\\d{1,4}(\\.\\d{1,3})?$' && maxLength === 8) return 'version'
  if (pattern === '^[A-Za-z0-9_-]{6,12}$' && maxLength === 12) return 'mark'
  return 'text'
}

t.test('W-30 a report holds names of lists, numbers, yes and no, and nothing else', (t) => {
  // As a schema it is plain data.
  const leaves = listLeaves(TechReportSchema as unknown as Node, '')
  t.strictSame(Object.fromEntries(leaves), ALLOWED)
  t.end()
})

t.test('W-30 what names, addresses, labels and session descriptions look like is refused', (t) => {
  t.ok(Check(TechReportSchema, makeReport()))
  const report = makeReport() as unknown as Record<string, Record<string, unknown>>
  const bad: Record<string, unknown> = {
    'a name': { ...report, name: 'Anna' },
    'an address': { ...report, line: { ...report['line'], address: '203.0.113.7' } },
    'an address for a build': { ...report, build: '203.0.113.7' },
    'a label': { ...report, camera: { ...report['camera'], label: "Mette's AirPods" } },
    'a label for an error': { ...report, microphone: { result: 'ok', error: "Mette's AirPods" } },
    'a description': { ...report, relay: { ...report['relay'], sdp: 'v=0' } },
    'a candidate': {
      ...report,
      relay: { ...report['relay'], candidateTypes: ['candidate:1 1 udp 1 10.0.0.1 9 typ host'] },
    },
    'an endpoint': { ...report, push: { ...report['push'], service: 'https://push.example/abc' } },
    'a proxy by name': {
      ...report,
      line: { ...report['line'], isProxySeen: '1.1 proxy.kommune.dk' },
    },
    'a call with whom': {
      ...report,
      lastCall: { outcome: 'failed', endReason: 'network', citizen: 'Anna' },
    },
    'a call and when': { ...report, lastCall: { outcome: 'failed', endReason: 'network', at: 1 } },
    'a user agent': { ...report, device: { ...report['device'], browserVersion: 'Mozilla/5.0' } },
  }
  for (const [what, each] of Object.entries(bad)) t.notOk(Check(TechReportSchema, each), what)
  t.end()
})

const failed = { state: 'failed', ms: null } as const
const refused = { state: 'refused', ms: null } as const
const base = makeReport()
const inLine = (line: Partial<TechReport['line']>) =>
  makeReport({ line: { ...base.line, ...line } })
const inRelay = (relay: Partial<TechReport['relay']>) =>
  makeReport({ relay: { ...base.relay, ...relay } })
const withTrial = (state: TechReport['push']['trial']['state']) =>
  makeReport({ push: { ...base.push, trial: { state, ms: null } } })
const found = (result: TechReport['camera']['result']) => ({ result, error: null })

/** One thing broken at a time. */
const BROKEN: readonly (readonly [string, TechReport, readonly CheckCode[]])[] = [
  ['nothing', base, []],
  ['camera refused', makeReport({ camera: found('refused') }), ['K1']],
  ['camera in use', makeReport({ camera: found('inUse') }), ['K2']],
  ['no camera', makeReport({ camera: found('missing') }), ['K3']],
  ['camera dark', makeReport({ camera: found('unconfirmed') }), []],
  ['microphone refused', makeReport({ microphone: found('refused') }), ['M1']],
  ['microphone in use', makeReport({ microphone: found('inUse') }), ['M2']],
  ['microphone muted', makeReport({ microphone: found('unconfirmed') }), ['M2']],
  ['no microphone', makeReport({ microphone: found('missing') }), ['M3']],
  ['offline', inLine({ http: failed }), ['N1']],
  ['a wi-fi that wants a sign-in', inLine({ http: { state: 'strange', ms: null } }), ['N1']],
  ['server broken', inLine({ http: refused }), ['S1']],
  ['no WebSocket', inLine({ socket: failed }), ['N4']],
  ['no UDP', inRelay({ udp: failed }), ['N2']],
  ['no TURN', inRelay({ udp: failed, tcp: failed, loop: { state: 'notTried', ms: null } }), ['N3']],
  [
    'TURN refuses',
    inRelay({ udp: refused, tcp: refused, loop: { state: 'notTried', ms: null } }),
    ['N3'],
  ],
  ['TURN carries nothing', inRelay({ loop: failed }), ['N3']],
  ['clock ahead', inLine({ clockSkewS: 120 }), ['U1']],
  ['clock behind', inLine({ clockSkewS: -86_400 }), ['U1']],
  ['clock nearly right', inLine({ clockSkewS: 119 }), []],
  ['certificate ends', inLine({ certificateDays: 2 }), ['S2']],
  ['certificate has days left', inLine({ certificateDays: 3 }), []],
  [
    'notifications refused',
    makeReport({ permissions: { ...base.permissions, notifications: 'denied' } }),
    ['B1'],
  ],
  ['a notice does not arrive', withTrial('failed'), ['B2']],
  ['a notice cannot be sent', withTrial('refused'), ['B2']],
  ['a notice arrives', withTrial('ok'), []],
  ['old browser', makeReport({ device: { ...base.device, missing: ['peerConnection'] } }), ['V1']],
]

t.test('W-29 each thing that is broken has its own code, and only that', (t) => {
  for (const [what, report, codes] of BROKEN) t.strictSame(diagnose(report), codes, what)
  const said = new Set(BROKEN.flatMap(([, , codes]) => codes))
  t.strictSame([...said].sort(), [...CHECK_CODE_NAMES].sort(), 'every code is one of them')
  t.end()
})

t.test(
  'what explains the rest comes first, and TURN’s own fault is told from the network’s',
  (t) => {
    const report = makeReport({
      camera: found('refused'),
      line: { ...base.line, socket: failed, clockSkewS: 900 },
      relay: { ...base.relay, udp: failed },
    })
    t.strictSame(diagnose(report), ['N4', 'K1', 'N2', 'U1'])
    t.equal(isRelayAtFault(inRelay({ udp: failed, tcp: refused, loop: failed })), true)
    t.equal(isRelayAtFault(inRelay({ udp: failed, tcp: failed, loop: failed })), false)
    t.equal(isRelayAtFault(inRelay({ loop: failed })), true)
    t.end()
  },
)

t.test('a support code is read as it was heard, and has no look-alikes', (t) => {
  for (const sign of '01258BGILOQSUVZ') t.notOk(SUPPORT_CODE_SIGNS.includes(sign), sign)
  t.equal(new Set(SUPPORT_CODE_SIGNS).size, SUPPORT_CODE_SIGNS.length)
  for (const text of ['F7K3', 'f7k3', ' f7 k3 ', 'F-7-K-3']) t.equal(parseSupportCode(text), 'F7K3')
  for (const text of ['', 'F7K', 'F7K33', 'F7K0', 'F7KO', "F7K'"])
    t.equal(parseSupportCode(text), null, text)
  t.end()
})

t.test(
  'a build is known by the name of our own first script, not by that of the libraries',
  (t) => {
    const page = ['libraries-BPWbWxof', 'first-Df6eKNPs'].map(
      (name) => `<script type="module" src="/assets/${name}.js"></script>`,
    )
    t.equal(findBuild(page.join('')), 'Df6eKNPs')
    t.equal(
      findBuild(
        'https://bo.dk/assets/libraries-BPWbWxof.js https://bo.dk/assets/first-Df6eKNPs.js',
      ),
      'Df6eKNPs',
    )
    t.equal(findBuild('http://localhost:8080/src/main.ts'), null)
    t.end()
  },
)
