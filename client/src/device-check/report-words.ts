import type { Probe, StoredReport, TechReport } from '@naervaer/shared'
import { describeKind } from '../components/device-words.ts'
import { t } from '../texts/text.ts'

/** A line of the report: what, and how it was found. */
export type Fact = readonly [what: string, found: string]

/** Of what the report is, in the words by which one asks on the telephone. */
export function describeDevice({ device }: Pick<TechReport, 'device'>): string {
  const { kind, browser, browserVersion, system, systemVersion } = device
  return [
    describeKind(kind),
    join(t(`desk.browser.${browser}`), browserVersion),
    join(t(`desk.system.${system}`), systemVersion),
  ].join(', ')
}

/** What is wrong and has no code. */
export function listByHand({ sound, camera }: TechReport): readonly ('noSound' | 'dark')[] {
  return [
    ...(camera.result === 'unconfirmed' ? (['dark'] as const) : []),
    ...(sound === 'notHeard' ? (['noSound'] as const) : []),
  ]
}

/** What nobody has tried, in words: that no fault was found says nothing of it. */
export function listUntried(report: TechReport): readonly string[] {
  if (report.device.missing.length > 0) return []
  const untried = [
    [report.camera.result, 'support.fact.camera'],
    [report.microphone.result, 'support.fact.microphone'],
    [report.sound, 'support.fact.sound'],
    [report.line.http.state, 'support.fact.http'],
    [report.push.trial.state, 'support.fact.trial'],
  ] as const
  return untried.flatMap(([found, key]) => (found === 'notTried' ? [t(key).toLowerCase()] : []))
}

/** Everything that was measured, in words. */
export function listFacts({ report, isBuildCurrent }: StoredReport): readonly Fact[] {
  return [...listDevice(report, isBuildCurrent), ...listMedia(report), ...listLine(report)]
}

const yesNo = (value: boolean | null): string => {
  if (value === null) return t('support.unknown')
  return value ? t('support.yes') : t('support.no')
}

const join = (...parts: readonly (string | number | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' ')

const both = (...parts: readonly (string | number | null)[]): string =>
  parts.map((part) => part ?? t('support.unknown')).join(', ')

const describeProbe = ({ state, ms }: Probe): string =>
  join(t(`support.is.${state}`), ms === null ? null : `(${String(ms)} ms)`)

/** Half of an update is a fault of its own: the part behind is another build than the page. */
function describeWorker(
  { state, build: kept }: TechReport['serviceWorker'],
  build: string | null,
): string {
  const isOther = kept !== null && build !== null && kept !== build
  return join(t(`support.worker.${state}`), isOther ? t('support.workerOther') : null)
}

function listDevice(
  { device, build, serviceWorker }: TechReport,
  isBuildCurrent: boolean | null,
): Fact[] {
  const { kind, system, systemVersion, browser, browserVersion, missing } = device
  return [
    [t('support.fact.device'), describeKind(kind)],
    [t('support.fact.system'), join(system, systemVersion)],
    [t('support.fact.browser'), join(browser, browserVersion)],
    [t('support.fact.installed'), yesNo(device.isInstalled)],
    [t('support.fact.awake'), yesNo(device.canKeepAwake)],
    ...(missing.length === 0 ? [] : [[t('support.fact.missing'), missing.join(', ')] as const]),
    [t('support.fact.build'), yesNo(isBuildCurrent)],
    [t('support.fact.worker'), describeWorker(serviceWorker, build)],
  ]
}

function listMedia({ camera, microphone, sound, permissions, inputs }: TechReport): Fact[] {
  const describe = ({ result, error }: TechReport['camera']) =>
    join(t(`support.is.${result}`), error === null ? null : `(${error})`)
  return [
    [t('support.fact.camera'), describe(camera)],
    [t('support.fact.microphone'), describe(microphone)],
    [t('support.fact.sound'), t(`support.is.${sound}`)],
    [
      t('support.fact.permissions'),
      both(permissions.camera, permissions.microphone, permissions.notifications),
    ],
    [t('support.fact.inputs'), both(inputs.cameras, inputs.microphones)],
  ]
}

function listLine({ line, relay, push, storage, lastCall }: TechReport): Fact[] {
  const { socketCloseCode, clockSkewS, certificateDays } = line
  const closed =
    socketCloseCode === null ? null : t('support.closed', { code: String(socketCloseCode) })
  const inUnit = (key: 'support.seconds' | 'support.days', n: number | null): string =>
    n === null ? t('support.unknown') : t(key, { n: String(n) })
  return [
    [t('support.fact.line'), line.type],
    [t('support.fact.http'), describeProbe(line.http)],
    [t('support.fact.socket'), join(describeProbe(line.socket), closed)],
    [t('support.fact.udp'), describeProbe(relay.udp)],
    [t('support.fact.tcp'), describeProbe(relay.tcp)],
    [t('support.fact.tls'), describeProbe(relay.tls)],
    [t('support.fact.loop'), describeProbe(relay.loop)],
    [t('support.fact.clock'), inUnit('support.seconds', clockSkewS)],
    [t('support.fact.certificate'), inUnit('support.days', certificateDays)],
    [t('support.fact.proxy'), yesNo(line.isProxySeen)],
    [t('support.fact.push'), push.service ?? yesNo(push.isSubscribed)],
    [t('support.fact.trial'), describeProbe(push.trial)],
    [
      t('support.fact.lastCall'),
      lastCall === null ? t('support.none') : join(lastCall.outcome, `(${lastCall.endReason})`),
    ],
    [
      t('support.fact.storage'),
      both(
        storage.freeMb === null ? null : `${String(storage.freeMb)} MB`,
        yesNo(storage.isPersisted),
      ),
    ],
  ]
}
