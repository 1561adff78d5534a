import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import type {
  DeviceId,
  DeviceNonce,
  DevicePublicKey,
  NewPairing,
  PairingClaimReply,
  PairingStatus,
  PersonId,
} from '@naervaer/shared'
import { PEOPLE, type PersonName } from './people.ts'
import type { AskedServer } from './remote-app.ts'

export const ORIGIN = 'http://localhost:8080'

type Jar = Record<string, string>

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  readonly address?: string
  readonly headers?: Record<string, string>
}

/** A browser without a page: keeps cookies, asks as our own pages do. */
export class Browser {
  readonly app: AskedServer
  readonly jar: Jar

  constructor(app: AskedServer, jar: Jar = {}) {
    this.app = app
    this.jar = jar
  }

  async ask(url: string, { method = 'GET', body, address, headers }: Asked = {}) {
    const answer = await this.app.inject({
      method,
      url,
      headers: { origin: ORIGIN, ...headers },
      cookies: this.jar,
      ...(body === undefined ? {} : { payload: body as object }),
      ...(address === undefined ? {} : { remoteAddress: address }),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') Reflect.deleteProperty(this.jar, name)
      else this.jar[name] = value
    }
    return answer
  }

  /** The cookies as a header, for a socket. */
  get cookies(): string {
    return Object.entries(this.jar)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
  }

  static async signedIn(app: AskedServer, name: PersonName): Promise<Browser> {
    const browser = new Browser(app)
    const body = { personId: PEOPLE[name] }
    const { statusCode } = await browser.ask('/api/demo/sign-in', { method: 'POST', body })
    if (statusCode !== 204) throw new Error(`sign-in answered ${statusCode}`)
    return browser
  }
}

/** A worker's dialog. */
export async function beginPairing(
  worker: Browser,
  citizen: PersonName = 'anna',
  replaces: DeviceId | null = null,
): Promise<NewPairing> {
  const body = { citizenId: PEOPLE[citizen], replaces }
  const answer = await worker.ask('/api/pairings', { method: 'POST', body })
  if (answer.statusCode !== 201) throw new Error(`pairing answered ${answer.body}`)
  return answer.json<NewPairing>()
}

export interface ProofWish {
  readonly claims?: JWTPayload
  readonly header?: Record<string, string>
  readonly key?: CryptoKey
  /** A claim that is left out. */
  readonly without?: string
}

/** A device with a key of its own, as a citizen's phone has one. */
export class FakeDevice extends Browser {
  readonly key: CryptoKey
  readonly publicKey: DevicePublicKey
  readonly now: () => number
  id: DeviceId | null = null

  private constructor(
    app: AskedServer,
    now: () => number,
    key: CryptoKey,
    publicKey: DevicePublicKey,
  ) {
    super(app)
    this.now = now
    this.key = key
    this.publicKey = publicKey
  }

  static async make(app: AskedServer, now: () => number): Promise<FakeDevice> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const { x = '', y = '' } = await exportJWK(publicKey)
    return new FakeDevice(app, now, privateKey, { x, y })
  }

  claim(proof: { code: string } | { secret: string }, address?: string) {
    const body = { proof, key: this.publicKey, kind: 'iphone' }
    return this.ask('/api/device/pairing', {
      method: 'POST',
      body,
      ...(address === undefined ? {} : { address }),
    })
  }

  async getStatus(): Promise<PairingStatus> {
    return (await this.ask('/api/device/pairing')).json<PairingStatus>()
  }

  async fetchNonce(): Promise<string> {
    const answer = await this.ask('/api/device/nonce', { method: 'POST' })
    return answer.json<DeviceNonce>().nonce
  }

  /** Signs what a good device would, except for what the test wants otherwise. */
  sign(
    method: string,
    path: string,
    { claims, header, key, without }: ProofWish = {},
  ): Promise<string> {
    const iat = Math.floor(this.now() / 1_000)
    const jti = crypto.randomUUID()
    const own = { aud: ORIGIN, iss: this.id ?? '', iat, jti, htm: method, htu: `${ORIGIN}${path}` }
    const all = Object.entries({ ...own, ...claims }).filter(([name]) => name !== without)
    return new SignJWT(Object.fromEntries(all))
      .setProtectedHeader({
        alg: 'ES256',
        typ: 'naervaer-device+jwt',
        kid: this.id ?? '',
        ...header,
      })
      .sign(key ?? this.key)
  }

  /** As the app does at each start of a page. */
  async signIn(wish: ProofWish = {}) {
    const nonce = await this.fetchNonce()
    const proof = await this.sign('POST', '/api/device/session', {
      ...wish,
      claims: { nonce, ...wish.claims },
    })
    return this.ask('/api/device/session', {
      method: 'POST',
      body: { proof, isSwitch: true },
    })
  }

  /** Asks with a proof, as the app does. */
  async askProven(url: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', body?: unknown) {
    const headers = { 'naervaer-proof': await this.sign(method, url) }
    return this.ask(url, { method, headers, ...(body === undefined ? {} : { body }) })
  }
}

/** A device that is paired, from the worker's code to her yes, and signed in. */
export async function pairDevice(
  app: AskedServer,
  now: () => number,
  worker: Browser,
  citizen: PersonName = 'anna',
  replaces: DeviceId | null = null,
): Promise<FakeDevice> {
  const device = await FakeDevice.make(app, now)
  const { id, code } = await beginPairing(worker, citizen, replaces)
  const claimed = await device.claim({ code })
  if (claimed.statusCode !== 200) throw new Error(`claim answered ${claimed.body}`)
  claimed.json<PairingClaimReply>()
  await worker.ask(`/api/pairings/${id}/answer`, { method: 'POST', body: { isRight: true } })
  device.id = (await device.getStatus()).device?.id ?? null
  const signedIn = await device.signIn()
  if (signedIn.statusCode !== 200) throw new Error(`sign-in answered ${signedIn.body}`)
  return device
}

export const idOf = (name: PersonName): PersonId => PEOPLE[name]
