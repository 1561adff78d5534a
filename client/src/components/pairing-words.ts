import { NaervaerError } from '@naervaer/shared'
import { RefusedError } from '../services/http-request.ts'
import { t } from '../texts/text.ts'

const SECONDS_PER_MINUTE = 60

/** Why a start code did not pair, as a citizen reads it. */
export function describePairingRefusal(error: unknown): string {
  if (!(error instanceof NaervaerError)) return t('net.retry')
  switch (error.code) {
    case 'PAIRING_WRONG':
      return t('pair.wrong')
    case 'PAIRING_EXPIRED':
      return t('pair.expired')
    case 'PAIRING_LOCKED': {
      const seconds = error instanceof RefusedError ? error.retryAfterSeconds : null
      const minutes = Math.max(1, Math.ceil((seconds ?? 600) / SECONDS_PER_MINUTE))
      return minutes === 1 ? t('pair.lockedMinute') : t('pair.locked', { n: String(minutes) })
    }
    default:
      return t('error.general')
  }
}
