import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { OidcRefusalReply, SessionReply } from '@naervaer/shared'
import { makeApp } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import type { HttpBrowser } from '../../helpers/http-browser.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startWorkAccounts,
  type WorkAccount,
  type WorkAccounts,
} from '../../helpers/work-accounts.ts'

export const ROLE_MAP = 'Medarbejder=worker,Leder=leader,Leder=worker'

export const TRINE: WorkAccount = {
  sub: 'trine-7f3a',
  name: 'Trine Dahl',
  email: 'trine@example.dk',
  roles: ['Medarbejder', 'Kantine'],
}
export const LARS: WorkAccount = { sub: 'lars-51bc', name: 'Lars Bo', roles: ['Leder'] }
/** Says of itself that it is Trine, in every way but the one that counts. */
export const THIEF: WorkAccount = {
  sub: 'thief-0d0d',
  name: 'Trine Dahl',
  email: 'trine@example.dk',
  email_verified: true,
  preferred_username: 'trine@example.dk',
}

/** Nærvær beside a real provider, both listening. */
export interface World {
  readonly app: FastifyInstance
  readonly clock: FakeClock
  readonly origin: string
  readonly port: number
  readonly provider: WorkAccounts
}

/** How a provider and a server are set up to know each other. */
export function makeOidcEnv(issuer: string, origin: string): Record<string, string> {
  return {
    PUBLIC_URL: origin,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_ROLE_MAP: ROLE_MAP,
  }
}

/** @param env - over the usual settings */
export async function makeWorld(
  t: Pick<Test, 'teardown'>,
  env: Record<string, string> = {},
): Promise<World> {
  const [port, providerPort] = [await findFreePort(), await findFreePort()]
  const origin = `http://localhost:${port}`
  const accounts = [TRINE, LARS, THIEF].map((account) => ({ ...account }))
  const provider = await startWorkAccounts(t, { port: providerPort, origin, accounts })
  const clock = new FakeClock(Date.now())
  const { app } = await makeApp(t, {
    clock,
    env: { ...makeOidcEnv(provider.issuer, origin), DEMO: 'off', ...env },
  })
  await app.listen({ port, host: '127.0.0.1' })
  return { app, clock, origin, port, provider }
}

/** Begins at Nærvær, signs in at the provider, and stops before the way back is gone. */
export async function reachCallback(
  { origin, provider }: World,
  browser: HttpBrowser,
  account: string,
): Promise<URL> {
  const isBack = (url: URL) => url.origin === origin && url.pathname === '/api/oidc/callback'
  const atProvider = await browser.follow(
    `${origin}/api/oidc/start`,
    (url) => isBack(url) || url.pathname.startsWith('/interaction/'),
  )
  if (atProvider instanceof Response) throw new Error(`stranded with ${atProvider.status}`)
  if (isBack(atProvider)) return atProvider
  const answer = await browser.send(`${atProvider.href}?account=${account}`, { method: 'POST' })
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`)
  const next = new URL(answer.headers.get('location') ?? '', provider.issuer)
  const back = await browser.follow(next.href, isBack)
  if (back instanceof Response) throw new Error(`stranded with ${back.status} ${await back.text()}`)
  return back
}

/** Goes the way back. @returns where the browser is sent on to */
export async function comeBack(browser: HttpBrowser, callback: URL): Promise<string | null> {
  const answer = await browser.send(callback, {}, true)
  return answer.headers.get('location')
}

export async function signIn(
  world: World,
  browser: HttpBrowser,
  account: string,
): Promise<string | null> {
  return comeBack(browser, await reachCallback(world, browser, account))
}

export async function fetchSession({ origin }: World, browser: HttpBrowser): Promise<SessionReply> {
  const answer = await browser.send(`${origin}/api/session`)
  return (await answer.json()) as SessionReply
}

export async function fetchRefusal({ origin }: World, browser: HttpBrowser) {
  const answer = await browser.send(`${origin}/api/oidc/refusal`)
  return ((await answer.json()) as OidcRefusalReply).refusal
}
