import type {
  AssignmentId,
  AuditLine,
  ChoiceHistoryReply,
  DevicesReply,
  ItPeopleReply,
  LookupsReply,
  OffersReply,
  OwnSession,
  PairedDevice,
  Person,
  TeamId,
  TeamsReply,
} from '@naervaer/shared'
import { NaervaerError } from '@naervaer/shared'
import type { Administration } from '../../../client/src/services/administration-client.ts'

/** 23 November 2026, 9.00 in Copenhagen: long past or long to come, whenever the gallery is looked at. */
const PAST_AT = Date.UTC(2026, 10, 23, 8)
const TO_COME_AT = Date.UTC(2099, 10, 23, 23)

const person = (id: number, name: string): Person => ({
  id: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}` as Person['id'],
  name,
})
const METTE = person(1, 'Mette Holm')
const OLE = person(2, 'Ole Krogh')
const ANNA = person(3, 'Anna')
const JENS = person(4, 'Jens')
export const KAREN = person(7, 'Karen Leth')
export const BO = person(8, 'Bo Iversen')
export const AASE = person(9, 'Aase Friis')
export const SIGNE = person(10, 'Signe Dam')

const TEAM = { id: '00000000-0000-7000-8000-0000000000c9' as TeamId, name: 'Team Havnen' }
const assignment = (id: number, worker: Person, citizen: Person) => ({
  id: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}` as AssignmentId,
  workerId: worker.id,
  citizenId: citizen.id,
})

const TEAMS: TeamsReply['teams'] = [
  {
    ...TEAM,
    workers: [METTE, OLE],
    citizens: [
      {
        ...ANNA,
        choice: { state: 'active', pausedUntil: null },
        isAddressProtected: true,
        phone: '+4520304050',
        travel: { minutes: 40, km: 22 },
      },
      {
        ...JENS,
        choice: { state: 'offered', pausedUntil: null },
        isAddressProtected: false,
        phone: null,
        travel: null,
      },
    ],
    assignments: [
      { ...assignment(101, METTE, ANNA), kind: 'primary', fromAt: PAST_AT, toAt: null },
      { ...assignment(102, OLE, ANNA), kind: 'substitute', fromAt: PAST_AT, toAt: TO_COME_AT },
      { ...assignment(103, OLE, JENS), kind: 'primary', fromAt: TO_COME_AT, toAt: null },
    ],
  },
]

const PEOPLE: ItPeopleReply = {
  staff: [
    { person: BO, roles: ['it'], isDisabled: false, isYou: true },
    { person: METTE, roles: ['worker', 'leader'], isDisabled: false, isYou: false },
    { person: OLE, roles: [], isDisabled: true, isYou: false },
  ],
  citizens: [
    { id: ANNA.id, code: '4F2A' },
    { id: JENS.id, code: '09BE' },
  ],
  teams: [{ ...TEAM, memberIds: [METTE.id] }],
}

const SESSION: OwnSession = {
  id: '00000000-0000-7000-8000-0000000000aa',
  deviceKind: 'tablet',
  method: 'demo',
  startedAt: PAST_AT,
  usedAt: PAST_AT,
  isThis: false,
}

const SESSION_ELSEWHERE: OwnSession = {
  ...SESSION,
  id: '00000000-0000-7000-8000-0000000000ad',
  deviceKind: 'computer',
}

const DEVICE: PairedDevice = {
  id: '00000000-0000-7000-8000-0000000000ab' as PairedDevice['id'],
  kind: 'ipad',
  pairedAt: PAST_AT,
  seenAt: PAST_AT,
}

/** What "Mine enheder" lists: the page asks the server itself, and there is none here. */
export const OWN_DEVICES: DevicesReply = {
  devices: [
    DEVICE,
    { ...DEVICE, id: `${DEVICE.id.slice(0, -1)}c` as typeof DEVICE.id, kind: 'androidPhone' },
  ],
  thisDeviceId: DEVICE.id,
}

const LOOKUPS: LookupsReply['lookups'] = [
  { at: PAST_AT, action: 'team.read', role: 'leader' },
  { at: PAST_AT, action: 'sessions.listed', role: 'it' },
]

const OFFERS: OffersReply['citizens'] = [
  { person: ANNA, state: 'accepted' },
  { person: JENS, state: 'notOffered' },
  { person: person(5, 'Maximiliane Christoffersen-Thorgaard'), state: 'later' },
  { person: person(6, 'Liz'), state: 'withdrawn' },
]

const line = (seq: number, change: Partial<AuditLine>): AuditLine => ({
  seq,
  at: PAST_AT,
  action: 'audit.read',
  actorKind: 'person',
  actorId: METTE.id,
  actorRole: 'worker',
  subjectId: null,
  details: '{}',
  ...change,
})
const LINES: readonly AuditLine[] = [
  line(4711, { action: 'audit.read', actorRole: 'auditor', actorId: SIGNE.id }),
  line(4710, {
    action: 'device.revoked',
    actorRole: 'leader',
    actorId: KAREN.id,
    subjectId: ANNA.id,
    details: '{"deviceId":"00000000-0000-7000-8000-0000000000ab","reason":"asked"}',
  }),
  line(4709, {
    action: 'choice.paused',
    actorRole: 'citizen',
    actorId: ANNA.id,
    subjectId: ANNA.id,
  }),
  line(4708, {
    action: 'assignment.ended',
    actorKind: 'system',
    actorId: null,
    actorRole: null,
    subjectId: ANNA.id,
    details: `{"assignmentId":"00000000-0000-7000-8000-000000000101","kind":"substitute","toAt":${PAST_AT}}`,
  }),
  line(4707, { action: 'audit.verified', actorKind: 'cli', actorId: null, actorRole: null }),
  ...Array.from({ length: 43 }, (_, n) =>
    line(4706 - n, { action: 'team.read', actorRole: 'leader', actorId: KAREN.id }),
  ),
]
const HISTORY: ChoiceHistoryReply = {
  citizen: ANNA,
  steps: [
    {
      ...{ kind: 'offered', at: PAST_AT, untilAt: null, textVersion: null, language: null },
      ...{ askedBy: METTE.id, heardBy: null },
    },
    {
      ...{ kind: 'accepted', at: PAST_AT, untilAt: null, textVersion: 1, language: 'da' },
      ...{ askedBy: METTE.id, heardBy: METTE.id },
    },
  ],
}

/** Answers like a server with a small team, and notes what it is asked for. */
export function fakeAdministration(
  { isEmpty = false }: { readonly isEmpty?: boolean },
  asked: string[],
): () => Promise<Administration> {
  const note = (...words: readonly unknown[]): Promise<void> => {
    asked.push(words.map((word) => JSON.stringify(word)).join(' '))
    return Promise.resolve()
  }
  const administration: Administration = {
    fetchTeams: () => Promise.resolve({ teams: isEmpty ? [] : TEAMS }),
    addCitizen: (_teamId, name) => note('addCitizen', name),
    assign: (wish) => note('assign', wish),
    endAssignment: (id) => note('endAssignment', id),
    protectAddress: (_teamId, _citizenId, isProtected) => note('protectAddress', isProtected),
    writePhone: (_teamId, _citizenId, phone) => note('writePhone', phone),
    setTravel: (_teamId, _citizenId, travel) => note('setTravel', travel),
    fetchPeople: () => Promise.resolve(PEOPLE),
    addStaff: (name, roles) => note('addStaff', name, roles),
    setRoles: (_personId, roles) => note('setRoles', roles),
    setDisabled: (_personId, isDisabled) => note('setDisabled', isDisabled),
    removeStaff: () => note('removeStaff'),
    invite: async () => {
      await note('invite')
      return { url: 'https://video.example.dk/invitation#abc', expiresAt: PAST_AT }
    },
    addTeam: (name) => note('addTeam', name),
    setMember: (_teamId, _personId, isMember) => note('setMember', isMember),
    fetchSessions: (personId) =>
      Promise.resolve({
        sessions:
          personId === BO.id ? [{ ...SESSION, isThis: true }, SESSION_ELSEWHERE] : [SESSION],
      }),
    endSession: () => note('endSession'),
    endSessions: (personId) => note('endSessions', personId),
    fetchDevices: (personId) =>
      Promise.resolve({ devices: personId === ANNA.id ? [DEVICE] : [], thisDeviceId: null }),
    revokeDevice: () => note('revokeDevice'),
    fetchTeamDevices: (_teamId, citizenId) =>
      Promise.resolve({ devices: citizenId === ANNA.id ? [DEVICE] : [], thisDeviceId: null }),
    revokeTeamDevice: (_teamId, citizenId) => note('revokeTeamDevice', citizenId),
    fetchOffers: (after) => {
      const citizens = isEmpty ? [] : OFFERS
      return Promise.resolve(
        after === null
          ? { citizens: citizens.slice(0, 3), next: citizens[2]?.person.id ?? null }
          : { citizens: citizens.slice(3), next: null },
      )
    },
    fetchAuditLines: async (query) => {
      await note('fetchAuditLines', query)
      return { lines: isEmpty ? [] : [...LINES] }
    },
    fetchAuditHead: () =>
      Promise.resolve({ head: { seq: 4711, hash: 'q1uFJz0r8Yw7pPq5tqvVb1m2n3o4p5q6r7s8t9u0v1w' } }),
    verifyAudit: () =>
      Promise.resolve(
        isEmpty ? { isWhole: false, firstBadSeq: 4708 } : { isWhole: true, firstBadSeq: null },
      ),
    fetchChoiceOf: (citizenId) =>
      citizenId === ANNA.id
        ? Promise.resolve(HISTORY)
        : Promise.reject(new NaervaerError('PERSON_NOT_FOUND')),
    fetchLookups: () => Promise.resolve({ lookups: isEmpty ? [] : LOOKUPS }),
  }
  return () => Promise.resolve(administration)
}
