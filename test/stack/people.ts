import { CURRENT_VIDEO_TEXT } from '@naervaer/shared'
import { launchPerson, type Person } from '../e2e/support/browser.ts'
import { button } from '../e2e/support/conversation.ts'
import { COLOURS } from '../e2e/support/media.ts'
import { pair } from '../e2e/support/pairing.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import type { Stack } from './stack.ts'

/** What a browser says while the server is away or cannot write, as it is made to be. */
const GONE = [
  /WebSocket connection/,
  /ERR_/,
  /when fetching the script/,
  /status of (401|502|503)/,
  /status of 500 \(\) \/api\/it\/teams/,
]

/** A key in the machine that asks for a finger. */
async function addAuthenticator({ context, page }: Person): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Where a browser stands, and where it finds the stack's name. */
function placeOf({ networkNamespace, host, address }: Stack) {
  return {
    extraFlags: [`--host-resolver-rules=MAP ${host} ${address}`],
    ...(networkNamespace === undefined ? {} : { networkNamespace }),
  }
}

/** Asks the server as the worker's page does. */
async function ask<T>({ page }: Person, method: string, path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(
    async ([verb, address, json]) => {
      const headers = json === null ? {} : { 'content-type': 'application/json' }
      const response = await fetch(address, { method: verb, headers, body: json })
      return { status: response.status, text: await response.text() }
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  )
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return (answer.text === '' ? null : JSON.parse(answer.text)) as T
}

/**
 * A worker by the ways of production: an account from the command line, its one-time link, a passkey; a
 * team and a citizen of hers who has said yes to video.
 */
export async function launchFirstWorker(t: TestScope, stack: Stack): Promise<Person> {
  const made = await stack.compose(
    ...['exec', '-T', 'app', 'naervaer', 'admin', 'create', 'Mette Holm'],
    ...['--roles', 'it,leader,worker', '--json'],
  )
  const account = JSON.parse(made) as { id: string; url: string }
  const worker = await launchPerson(t, {
    colour: COLOURS.blue,
    toneHz: 440,
    expectedProblems: GONE,
    ...placeOf(stack),
  })
  await addAuthenticator(worker)
  await worker.page.goto(account.url)
  await button(worker.page, 'Lav en adgangsnøgle').click()
  await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  const team = await ask<{ id: string }>(worker, 'POST', '/api/it/teams', { name: 'Nord' })
  await ask(worker, 'PUT', `/api/it/teams/${team.id}/members/${account.id}`)
  const citizen = await ask<{ id: string }>(worker, 'POST', `/api/teams/${team.id}/citizens`, {
    name: 'Anna',
  })
  await ask(worker, 'POST', '/api/assignments', {
    workerId: account.id,
    citizenId: citizen.id,
    kind: 'primary',
    fromAt: null,
    toAt: null,
  })
  const answer = { answer: 'yes', textVersion: CURRENT_VIDEO_TEXT.version, language: 'da' }
  await ask(worker, 'POST', `/api/citizens/${citizen.id}/choice/offer`)
  await ask(worker, 'POST', `/api/citizens/${citizen.id}/choice/answer`, answer)
  await worker.page.goto(stack.url)
  await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  return worker
}

/** The citizen, on a telephone that the worker has paired by its code. */
export async function launchFirstCitizen(
  t: TestScope,
  stack: Stack,
  worker: Person,
): Promise<Person> {
  const citizen = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport: { width: 390, height: 844 },
    expectedProblems: GONE,
    ...placeOf(stack),
  })
  await pair(worker.page, citizen.page, stack)
  return citizen
}
