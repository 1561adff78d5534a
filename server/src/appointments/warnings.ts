import type { PersonId, QuietHours, UnixMs } from '@naervaer/shared'
import {
  findHolder,
  listOccurrences,
  WARNINGS,
  type Meeting,
  type Occurrence,
  type Period,
  type Warning,
  type WarningCode,
} from '@naervaer/shared/appointments'
import { isQuiet } from '@naervaer/shared/quiet'
import { addDays, holidayOn, oftenOffOn, wallTimeAt } from '@naervaer/shared/wall'
import type { Accounts } from '../accounts/service.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { QuietTimes } from '../quiet/service.ts'
import { makeAppointmentsRepository } from './repository.ts'

export interface WarningsOptions {
  readonly database: Database
  readonly accounts: Accounts
  readonly clock: Clock
  readonly presence: PresenceHub
  readonly choice: Pick<Choices, 'mayRing'>
  readonly quiet: Pick<QuietTimes, 'findHours'>
}

/** What is planned, by whom, and what it stands in the place of. */
export interface Planned {
  readonly citizenId: PersonId
  /** Who plans. */
  readonly byId: PersonId
  readonly occurrences: readonly Occurrence[]
  /** What is not there any more when this is. */
  readonly isReplaced: (other: Occurrence) => boolean
}

/** What is known while each time is looked at. */
interface Facts extends Planned {
  /** Whom whoever plans has now: of others' appointments it is only told that there is one. */
  readonly ownIds: ReadonlySet<PersonId>
  readonly ofCitizen: readonly Occurrence[]
  readonly ofHolders: ReadonlyMap<PersonId, readonly Occurrence[]>
  readonly holderOf: (occurrence: Occurrence) => PersonId | null
  /** Whether whoever would hold it is not at work then, also where somebody stands in. */
  readonly isAbsent: (occurrence: Occurrence) => boolean
  readonly quiet: QuietHours | null
  readonly hasDevice: boolean
  readonly refusals: ReadonlyMap<Occurrence, 'paused' | 'noChoice'>
}

/** Tells whoever plans what they should know of it. Nothing of it hinders anybody. */
export class AppointmentWarnings {
  readonly #options: WarningsOptions
  #isPaired: (citizenId: PersonId) => Promise<boolean> = () => Promise.resolve(false)

  constructor(options: WarningsOptions) {
    this.#options = options
  }

  /** Asks it of the room of devices, which is built upon this one. */
  usePaired(isPaired: (citizenId: PersonId) => Promise<boolean>): void {
    this.#isPaired = isPaired
  }

  /** In the order of `WARNINGS`, each once. */
  async find(planned: Planned): Promise<Warning[]> {
    if (planned.occurrences.length === 0) return []
    const facts = await this.#learn(planned)
    const found = new Map<WarningCode, Warning>()
    for (const occurrence of planned.occurrences) {
      const { day } = wallTimeAt(occurrence.startAt)
      for (const { code, meets } of judge(occurrence, facts)) {
        const isTold = meets === undefined || facts.ownIds.has(meets.plan.citizenId)
        const about = isTold ? describeMeeting(meets) : {}
        const first = found.get(code) ?? { code, day, count: 0, ...about }
        found.set(code, { ...first, count: first.count + 1 })
      }
    }
    return WARNINGS.flatMap((code) => found.get(code) ?? [])
  }

  async #learn(planned: Planned): Promise<Facts> {
    const { accounts, clock, presence, quiet } = this.#options
    const { citizenId, occurrences } = planned
    const span = {
      from: Math.min(...occurrences.map(({ startAt }) => startAt)),
      to: Math.max(...occurrences.map(({ endAt }) => endAt)),
    }
    const own = await accounts.assignments.loadPeriodsOf([citizenId], span.from)
    const holderOf = makeHolderOf(own)
    const holderIds = [...new Set(occurrences.map(holderOf).filter((id) => id !== null))]
    const [ofCitizen, ...ofEach] = await Promise.all([
      this.#list([citizenId], span, planned),
      ...holderIds.map((id) => this.#listHeldBy(id, span, planned)),
    ])
    const ownNow = await accounts.assignments.loadCitizensOf(planned.byId, clock.now())
    const isConnected = presence.listConnections(citizenId).length > 0
    return {
      ...{ ...planned, ofCitizen, holderOf },
      ownIds: new Set(ownNow.map(({ id }) => id)),
      isAbsent: (each) => (findHolder(each, own.get(citizenId) ?? [])?.away ?? null) !== null,
      ofHolders: new Map(holderIds.map((id, index) => [id, ofEach[index] ?? []])),
      quiet: await quiet.findHours(citizenId),
      hasDevice: isConnected || (await this.#isPaired(citizenId)),
      refusals: await this.#findRefusals(planned),
    }
  }

  /** What takes place with these citizens, as far as it stays when this is planned. */
  async #list(
    citizenIds: readonly PersonId[],
    span: { readonly from: UnixMs; readonly to: UnixMs },
    { isReplaced }: Planned,
  ): Promise<Occurrence[]> {
    const repository = makeAppointmentsRepository(this.#options.database)
    const [from, to] = [addDays(wallTimeAt(span.from).day, -1), wallTimeAt(span.to).day]
    const plans = await repository.loadFrom(from, { citizenIds, to })
    return plans
      .flatMap(({ plan, exceptions }) => listOccurrences(plan, exceptions, span))
      .filter((each) => each.calledOff === null && !each.isHeld && !isReplaced(each))
  }

  async #listHeldBy(
    workerId: PersonId,
    span: { readonly from: UnixMs; readonly to: UnixMs },
    planned: Planned,
  ): Promise<Occurrence[]> {
    const { assignments } = this.#options.accounts
    const citizenIds = await assignments.loadCitizenIdsFrom(workerId, span.from)
    const holderOf = makeHolderOf(await assignments.loadPeriodsOf(citizenIds, span.from))
    const all = await this.#list(citizenIds, span, planned)
    return all.filter((each) => holderOf(each) === workerId)
  }

  /** A break ends at some time, so that only what lies before that is looked at one by one; a missing yes does not. */
  async #findRefusals({ citizenId, occurrences }: Planned): Promise<Facts['refusals']> {
    const refusals = new Map<Occurrence, 'paused' | 'noChoice'>()
    const videos = occurrences.filter(({ kind }) => kind === 'video')
    for (const video of videos.toSorted((one, other) => one.startAt - other.startAt)) {
      const answer = await this.#options.choice.mayRing(citizenId, video.startAt)
      if (answer === true) break
      if (answer !== 'CHOICE_PAUSED') return new Map(videos.map((each) => [each, 'noChoice']))
      refusals.set(video, 'paused')
    }
    return refusals
  }
}

/** Who holds an appointment; null where nobody is there for the citizen then. */
function makeHolderOf(periods: ReadonlyMap<PersonId, readonly Period[]>) {
  return (each: Occurrence): PersonId | null =>
    findHolder(each, periods.get(each.plan.citizenId) ?? [])?.worker.id ?? null
}

/** What is to be known of a time, and what it meets, where that may be told. */
interface Judged {
  readonly code: WarningCode
  readonly meets: Occurrence | undefined
}

function describeMeeting(other: Occurrence | undefined): { meets?: Meeting } {
  if (other === undefined) return {}
  const { kind, plan, startAt, endAt } = other
  return { meets: { kind, citizenId: plan.citizenId, startAt, endAt } }
}

function judge(occurrence: Occurrence, facts: Facts): Judged[] {
  const { startAt, kind } = occurrence
  const { day } = wallTimeAt(startAt)
  const holder = facts.holderOf(occurrence)
  const held = holder === null ? [] : (facts.ofHolders.get(holder) ?? [])
  const ofHolder = held.find(
    // With the same citizen it is said of the citizen.
    (other) => other.plan.citizenId !== facts.citizenId && overlaps(occurrence, other),
  )
  const isOwn = holder === facts.byId
  const ofCitizen = facts.ofCitizen.find((other) => overlaps(occurrence, other))
  const refusal = facts.refusals.get(occurrence)
  const said: readonly (readonly [WarningCode, boolean])[] = [
    ['busy', ofHolder !== undefined && isOwn],
    ['holderBusy', ofHolder !== undefined && !isOwn],
    ['otherHolds', holder !== null && holder !== occurrence.workerId],
    ['nobodyHolds', holder === null],
    ['absent', facts.isAbsent(occurrence)],
    ['citizenBusy', ofCitizen !== undefined],
    ['holiday', holidayOn(day) !== null],
    ['oftenOff', oftenOffOn(day) !== null],
    ['quiet', kind !== 'visit' && isQuiet(facts.quiet, startAt)],
    ['noDevice', kind === 'video' && refusal !== 'noChoice' && !facts.hasDevice],
  ]
  const codes = said.filter(([, isSo]) => isSo).map(([code]) => code)
  const met: { readonly [Code in WarningCode]?: Occurrence | undefined } = {
    busy: ofHolder,
    citizenBusy: ofCitizen,
  }
  return [...codes, ...(refusal === undefined ? [] : [refusal])].map((code) => ({
    code,
    meets: met[code],
  }))
}

/** What ends when the other begins leaves it alone. */
function overlaps(one: Occurrence, other: Occurrence): boolean {
  return one.startAt < other.endAt && other.startAt < one.endAt
}
