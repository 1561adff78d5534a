import type { FastifyPluginAsync } from 'fastify'
import { CURRENT_VIDEO_TEXT, type PersonId } from '@naervaer/shared'
import { makeDemoPeople } from '../accounts/demo-people.ts'
import type { Config } from '../config.ts'
import { makeChoiceRepository, type StoredStep } from './repository.ts'

const NOTHING: Omit<StoredStep, 'kind' | 'at'> = {
  until: null,
  textVersion: null,
  language: null,
  askedBy: null,
  askedRole: null,
  saidOnDevice: null,
  heardBy: null,
}

/** With `DEMO` the invented citizens have said yes, so that a call can be tried at once. */
export const demoChoices: FastifyPluginAsync<{ config: Config }> = async (app, { config }) => {
  if (!config.isDemo) return
  const repository = makeChoiceRepository(app.database)
  const now = app.clock.now()
  for (const { person, roles } of await makeDemoPeople(app.database).load()) {
    if (!roles.includes('citizen')) continue
    const [worker] = await app.accounts.assignments.loadWorkersOf(person.id, now)
    if (worker === undefined) continue
    for (const step of makeYes(worker.id, now)) await addMissing(repository, person.id, step)
  }
}

/** Only what is missing of the first two: what has been said since stays as it is. */
async function addMissing(
  repository: ReturnType<typeof makeChoiceRepository>,
  citizenId: PersonId,
  step: StoredStep,
): Promise<void> {
  await repository.addStep(citizenId, 'video', (steps) => {
    const isNext = steps.length === (step.kind === 'offered' ? 0 : 1)
    return isNext ? step : null
  })
}

function makeYes(workerId: PersonId, at: number): StoredStep[] {
  const asked = { ...NOTHING, at, askedBy: workerId, askedRole: 'worker' } as const
  return [
    { ...asked, kind: 'offered' },
    {
      ...asked,
      kind: 'accepted',
      textVersion: CURRENT_VIDEO_TEXT.version,
      language: 'da',
      heardBy: workerId,
    },
  ]
}
