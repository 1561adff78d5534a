import {
  AuditHeadReplySchema,
  AuditReplySchema,
  ChoiceHistoryReplySchema,
  DevicesReplySchema,
  IntegrityReplySchema,
  OffersReplySchema,
  InvitationLinkReplySchema,
  ItPeopleReplySchema,
  ItSessionsReplySchema,
  LookupsReplySchema,
  TeamsReplySchema,
  type AssignmentId,
  type AuditHeadReply,
  type AuditQuery,
  type AuditReply,
  type ChoiceHistoryReply,
  type DeviceId,
  type DevicesReply,
  type IntegrityReply,
  type InvitationLinkReply,
  type ItPeopleReply,
  type ItSessionsReply,
  type LookupsReply,
  type NewAssignment,
  type OffersReply,
  type PersonId,
  type StaffRole,
  type TeamId,
  type TeamsReply,
  type Travel,
} from '@naervaer/shared'
import { makeCheck } from './socket/check.ts'
import { read, send } from './http-request.ts'

const isTeams = makeCheck(TeamsReplySchema)
const isItPeople = makeCheck(ItPeopleReplySchema)
const isItSessions = makeCheck(ItSessionsReplySchema)
const isDevices = makeCheck(DevicesReplySchema)
const isInvitation = makeCheck(InvitationLinkReplySchema)
const isLookups = makeCheck(LookupsReplySchema)
const isOffers = makeCheck(OffersReplySchema)
const isAuditLines = makeCheck(AuditReplySchema)
const isAuditHead = makeCheck(AuditHeadReplySchema)
const isIntegrity = makeCheck(IntegrityReplySchema)
const isHistory = makeCheck(ChoiceHistoryReplySchema)

/** What leaders and IT do over HTTP, and what others read of it. Fetched with the pages that use it. */
export class AdministrationClient {
  async fetchTeams(): Promise<TeamsReply> {
    return read(await send('GET', '/api/teams'), isTeams)
  }

  async addCitizen(teamId: TeamId, name: string): Promise<void> {
    await send('POST', `/api/teams/${teamId}/citizens`, { name })
  }

  async assign(wish: NewAssignment): Promise<void> {
    await send('POST', '/api/assignments', wish)
  }

  async endAssignment(id: AssignmentId): Promise<void> {
    await send('PUT', `/api/assignments/${id}/end`, { toAt: null })
  }

  async protectAddress(
    teamId: TeamId,
    citizenId: PersonId,
    isAddressProtected: boolean,
  ): Promise<void> {
    const path = `/api/teams/${teamId}/citizens/${citizenId}/protection`
    await send('PUT', path, { isAddressProtected })
  }

  async writePhone(teamId: TeamId, citizenId: PersonId, phone: string | null): Promise<void> {
    await send('PUT', `/api/teams/${teamId}/citizens/${citizenId}/phone`, { phone })
  }

  async setTravel(teamId: TeamId, citizenId: PersonId, travel: Travel | null): Promise<void> {
    await send('PUT', `/api/teams/${teamId}/citizens/${citizenId}/travel`, { travel })
  }

  async fetchTeamDevices(teamId: TeamId, citizenId: PersonId): Promise<DevicesReply> {
    return read(await send('GET', `/api/teams/${teamId}/citizens/${citizenId}/devices`), isDevices)
  }

  async revokeTeamDevice(teamId: TeamId, citizenId: PersonId, deviceId: DeviceId): Promise<void> {
    await send('DELETE', `/api/teams/${teamId}/citizens/${citizenId}/devices/${deviceId}`)
  }

  /** @param after - where the page before ended; null for the first */
  async fetchOffers(after: PersonId | null): Promise<OffersReply> {
    const query = after === null ? '' : `?after=${after}`
    return read(await send('GET', `/api/offers${query}`), isOffers)
  }

  async fetchAuditLines(wish: AuditQuery): Promise<AuditReply> {
    const query = new URLSearchParams(
      Object.entries(wish).map(([name, value]) => [name, String(value)]),
    )
    return read(await send('GET', `/api/audit?${query.toString()}`), isAuditLines)
  }

  async fetchAuditHead(): Promise<AuditHeadReply> {
    return read(await send('GET', '/api/audit/head'), isAuditHead)
  }

  async verifyAudit(): Promise<IntegrityReply> {
    return read(await send('GET', '/api/audit/integrity'), isIntegrity)
  }

  async fetchChoiceOf(citizenId: PersonId): Promise<ChoiceHistoryReply> {
    return read(
      await send('GET', `/api/citizens/${encodeURIComponent(citizenId)}/choice`),
      isHistory,
    )
  }

  async fetchPeople(): Promise<ItPeopleReply> {
    return read(await send('GET', '/api/it/people'), isItPeople)
  }

  async addStaff(name: string, roles: readonly StaffRole[]): Promise<void> {
    await send('POST', '/api/it/staff', { name, roles })
  }

  async setRoles(personId: PersonId, roles: readonly StaffRole[]): Promise<void> {
    await send('PUT', `/api/it/staff/${personId}/roles`, { roles })
  }

  async setDisabled(personId: PersonId, isDisabled: boolean): Promise<void> {
    await send('PUT', `/api/it/staff/${personId}/disabled`, { isDisabled })
  }

  async removeStaff(personId: PersonId): Promise<void> {
    await send('DELETE', `/api/it/staff/${personId}`)
  }

  async invite(personId: PersonId): Promise<InvitationLinkReply> {
    return read(await send('POST', `/api/it/staff/${personId}/invitations`), isInvitation)
  }

  async addTeam(name: string): Promise<void> {
    await send('POST', '/api/it/teams', { name })
  }

  async setMember(teamId: TeamId, personId: PersonId, isMember: boolean): Promise<void> {
    const method = isMember ? 'PUT' : 'DELETE'
    await send(method, `/api/it/teams/${teamId}/members/${personId}`)
  }

  async fetchSessions(personId: PersonId): Promise<ItSessionsReply> {
    return read(await send('GET', `/api/it/people/${personId}/sessions`), isItSessions)
  }

  async endSession(personId: PersonId, sessionId: string): Promise<void> {
    await send('DELETE', `/api/it/people/${personId}/sessions/${sessionId}`)
  }

  /** Signs somebody out everywhere; oneself everywhere else. */
  async endSessions(personId: PersonId): Promise<void> {
    await send('DELETE', `/api/it/people/${personId}/sessions`)
  }

  async fetchDevices(personId: PersonId): Promise<DevicesReply> {
    return read(await send('GET', `/api/it/people/${personId}/devices`), isDevices)
  }

  async revokeDevice(personId: PersonId, deviceId: DeviceId): Promise<void> {
    await send('DELETE', `/api/it/people/${personId}/devices/${deviceId}`)
  }

  async fetchLookups(): Promise<LookupsReply> {
    return read(await send('GET', '/api/own/lookups'), isLookups)
  }
}

/** The same, as pages know it. */
export type Administration = Pick<AdministrationClient, keyof AdministrationClient>
