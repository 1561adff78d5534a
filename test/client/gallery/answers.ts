import type { AboutReply } from '@naervaer/shared'
import type { BrowserContext } from 'playwright-core'
import { absencesReplyOf } from './absence-states.ts'
import { OWN_DEVICES } from './fake-administration.ts'
import { CHECKLIST, NEW_REPORT, STORED_REPORT } from './fake-check.ts'
import { DESK_DEVICE, DESK_DEVICES } from './fake-desk.ts'
import { answerPlanning } from './fake-planning.ts'
import { OWN_TALKS } from './fake-talks.ts'
import { weekReplyOf } from './week-states.ts'

/** What a municipality says of itself. */
const ABOUT: AboutReply = {
  municipality: 'Nordby Kommune',
  privacyUrl: 'https://www.example.dk/privatliv',
  accessibilityUrl: 'https://www.was.digst.dk/video-example-dk',
  keptDays: { calls: 183, appointments: 183, audit: 396 },
  version: '0.1.0',
}

/** How the device stands with notices; a municipality that has none in states of that name. */
const pushOf = (state: string) => ({
  publicKey: state.endsWith('-closed') ? null : `B${'A'.repeat(86)}`,
  own: state.endsWith('-on') ? { level: 2, language: 'da', provenAt: null } : null,
})

/** Answers in the server's place what pages ask for; `stateNow` names the state that is shown. */
export async function answerPages(context: BrowserContext, stateNow: () => string): Promise<void> {
  await context.route('**/api/devices', (route) => route.fulfill({ json: OWN_DEVICES }))
  await context.route('**/manifest.webmanifest*', (route) =>
    route.fulfill({ json: { short_name: 'Nærvær' } }),
  )
  await context.route('**/api/about', (route) => route.fulfill({ json: ABOUT }))
  await context.route('**/api/app-name', (route) => route.fulfill({ status: 204 }))
  // As in a wi-fi that wants a sign-in: the check of the line is told what no server of ours says.
  await context.route('**/api/check', (route) => route.fulfill({ body: '<h1>Gæstenet</h1>' }))
  await context.route('**/api/check/reports', (route) =>
    route.fulfill({ status: 201, json: NEW_REPORT }),
  )
  await context.route('**/api/it/reports/*', (route) => route.fulfill({ json: STORED_REPORT }))
  await context.route('**/api/it/devices', (route) => route.fulfill({ json: DESK_DEVICES }))
  await context.route('**/api/it/devices/*', (route) => route.fulfill({ json: DESK_DEVICE }))
  await context.route('**/api/it/devices/connected', (route) =>
    route.fulfill({
      json: {
        deviceIds: DESK_DEVICES.devices.flatMap(({ id, isConnected }) => (isConnected ? [id] : [])),
      },
    }),
  )
  await context.route('**/api/check/state', (route) => route.fulfill({ status: 204 }))
  await context.route('**/api/own/pseudonym', (route) => route.fulfill({ json: { code: '4F2A' } }))
  await context.route('**/api/check/results', (route) => route.fulfill({ status: 204 }))
  await context.route('**/api/appointments?*', (route) =>
    route.fulfill({ json: weekReplyOf(stateNow()) }),
  )
  await context.route('**/checklist', (route) => route.fulfill({ json: CHECKLIST }))
  await context.route('**/api/own/absences', (route) =>
    route.fulfill({ json: absencesReplyOf(stateNow()) }),
  )
  await context.route('**/api/own/calendar-feed', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 201,
          json: { url: `https://video.example.dk/api/calendar/${'A'.repeat(43)}.ics` },
        })
      : route.fulfill({ json: { since: null, hasNames: false } }),
  )
  await context.route('**/api/own/talks', (route) => route.fulfill({ json: OWN_TALKS }))
  await context.route('**/pick-up', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 204 })
      : route.fulfill({ json: { line: stateNow().includes('agreed') ? 'outing' : null } }),
  )
  await context.route('**/travel', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 204 })
      : route.fulfill({ json: { travel: { minutes: 40, km: 22 } } }),
  )
  await context.route('**/api/appointments/**', (route) => answerPlanning(route))
  await context.route('**/api/appointments', (route) => answerPlanning(route))
  await context.route('**/replaced', (route) => route.fulfill({ status: 204 }))
  await context.route('**/api/push', (route) => route.fulfill({ json: pushOf(stateNow()) }))
}
