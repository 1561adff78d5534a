import type { AbsenceId, PersonId, TeamId } from '@naervaer/shared'
import { AbsencesReplySchema, type Absence, type AbsenceDays } from '@naervaer/shared/appointments'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isAbsences = makeCheck(AbsencesReplySchema)

/** The absences of one worker; every method rejects as `send` does. */
export interface AbsenceSource {
  load(): Promise<readonly Absence[]>
  add(days: AbsenceDays): Promise<void>
  change(id: AbsenceId, days: AbsenceDays): Promise<void>
  remove(id: AbsenceId): Promise<void>
}

type Path = '/api/own/absences' | `/api/teams/${TeamId}/workers/${PersonId}/absences`

function makeSource(path: Path): AbsenceSource {
  return {
    async load() {
      return (await read(await send('GET', path), isAbsences)).absences
    },
    async add(days) {
      await send('POST', path, days)
    },
    async change(id, days) {
      await send('PUT', `${path}/${id}`, days)
    },
    async remove(id) {
      await send('DELETE', `${path}/${id}`)
    },
  }
}

/** A worker's own. */
export const ownAbsences: AbsenceSource = makeSource('/api/own/absences')

/** Those of a worker in a team that one leads. */
export const teamAbsences = (teamId: TeamId, workerId: PersonId): AbsenceSource =>
  makeSource(`/api/teams/${teamId}/workers/${workerId}/absences`)
