import {
  NaervaerError,
  type ErrorCode,
  type OfferedMethod,
  type OidcRefusal,
  type OwnSession,
  type Passkey,
} from '@naervaer/shared'
import type { AppServices } from '../../../client/src/app/app-services.ts'
import { METTE } from './fake-services.ts'

/** How staff sign in, in one picture of the gallery. */
export interface FakeSignIn {
  readonly methods: readonly OfferedMethod[]
  readonly passkeys: readonly Passkey[]
  readonly sessions: readonly OwnSession[]
  /** What everything that is tried ends with. */
  readonly refusal: ErrorCode | null
  readonly isInvitationGone: boolean
  /** Whether the person may come in by anything but a work account. */
  readonly arePasskeysOpen: boolean
  readonly workAccountRefusal: OidcRefusal | null
}

const TEN_O_CLOCK = Date.UTC(2026, 10, 26, 9)
const passkey = (number: number, lastUsedAt: number | null): Passkey => ({
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  createdAt: TEN_O_CLOCK - number * 90_000_000,
  lastUsedAt,
})

const session = (
  number: number,
  deviceKind: OwnSession['deviceKind'],
  usedAt: number,
): OwnSession => ({
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  deviceKind,
  method: 'passkey',
  startedAt: usedAt - 1_800_000,
  usedAt,
  isThis: number === 1,
})

export const SIGN_IN: FakeSignIn = {
  methods: [{ kind: 'passkey' }, { kind: 'passphrase' }],
  passkeys: [passkey(1, TEN_O_CLOCK), passkey(2, null)],
  sessions: [session(1, 'computer', TEN_O_CLOCK), session(2, 'phone', TEN_O_CLOCK - 5_400_000)],
  refusal: null,
  isInvitationGone: false,
  arePasskeysOpen: true,
  workAccountRefusal: null,
}

/** One dark square; what a camera can read is shown by the tests of the real thing. */
const QR = { size: 21, path: 'M0 0h7v1h-7zM0 6h7v1h-7zM8 8h5v1h-5z' }

/** Answers as the world has it, and notes what is asked. */
export function fakeSignIn(world: FakeSignIn, asked: string[]): AppServices['loadSignIn'] {
  const act = (what: string): Promise<void> => {
    asked.push(what)
    return world.refusal === null
      ? Promise.resolve()
      : Promise.reject(new NaervaerError(world.refusal))
  }
  return () =>
    Promise.resolve({
      fetchMethods: () => Promise.resolve(world.methods),
      fetchRefusal: () => Promise.resolve(world.workAccountRefusal),
      signInWithPasskey: () => act('sign in with passkey'),
      signInWithPassphrase: ({ signInName }) => act(`sign in as ${signInName}`),
      openInvitation: () =>
        world.isInvitationGone
          ? Promise.reject(new NaervaerError('INVITATION_INVALID'))
          : Promise.resolve({
              person: METTE,
              expiresAt: TEN_O_CLOCK + 900_000,
              canUsePasskey: world.arePasskeysOpen,
              canUsePassphrase: world.arePasskeysOpen,
            }),
      enrolPasskey: () => act('enrol passkey'),
      startPassphrase: () =>
        Promise.resolve({
          signInName: 'mette.holm',
          seed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
          qr: QR,
          ticket: 'A'.repeat(43),
        }),
      enrolPassphrase: () => act('enrol passphrase'),
      fetchPasskeys: () =>
        Promise.resolve({ passkeys: [...world.passkeys], areOpen: world.arePasskeysOpen }),
      addPasskey: () => act('add passkey'),
      removePasskey: (id) => act(`remove ${id}`),
      fetchOwnSessions: () => Promise.resolve(world.sessions),
      endSession: (id) => act(`end ${id}`),
      endOtherSessions: () => act('end others'),
    })
}
