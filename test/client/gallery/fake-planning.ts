import type { Route } from 'playwright-core'
import { WARNINGS, type Meeting, type Warning } from '@naervaer/shared/appointments'
import { JENS } from './fake-services.ts'

/** A visit to Jens on Friday 27 November 2026, from half past eleven. */
const VISIT: Meeting = {
  ...{ kind: 'visit', citizenId: JENS.id },
  startAt: Date.parse('2026-11-27T11:30:00+01:00'),
  endAt: Date.parse('2026-11-27T12:15:00+01:00'),
}

/** What a server would warn of, by the minute that is wished for: at 21.30 it is quiet, at 12.00 there is all of it. */
function warningsOf(body: unknown): Warning[] {
  const { minute } = { ...((body as { to?: object | null }).to ?? (body as object)) } as {
    minute?: number
  }
  if (minute === 21 * 60 + 30) return [{ code: 'quiet', day: '2026-11-27', count: 1 }]
  if (minute !== 12 * 60) return []
  return WARNINGS.map((code, index) => ({
    ...{ code, day: dayOf(code), count: index + 1 },
    ...(code === 'busy' || code === 'citizenBusy' ? { meets: VISIT } : {}),
  }))
}

const dayOf = (code: string): string =>
  ({ holiday: '2026-12-25', oftenOff: '2026-12-24' })[code] ?? '2026-11-27'

/** Answers as the server does when a worker plans. */
export async function answerPlanning(route: Route): Promise<void> {
  const request = route.request()
  const id = '00000000-0000-7000-8000-000000000095'
  if (request.method() === 'DELETE') return route.fulfill({ status: 204 })
  const warnings = warningsOf(request.postDataJSON())
  if (request.url().endsWith('/check')) return route.fulfill({ json: { warnings } })
  if (request.method() === 'PUT') {
    return route.fulfill({ json: { id, day: '2026-11-27', revision: 2, warnings } })
  }
  return route.fulfill({ status: 201, json: { id, warnings } })
}
