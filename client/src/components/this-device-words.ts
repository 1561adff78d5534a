import { guessKind } from '../services/device/device-kind.ts'
import { t } from '../texts/text.ts'

/** The device that somebody holds in their hand, at the beginning of a sentence. */
export function describeThisDevice(): string {
  switch (guessKind()) {
    case 'iphone':
    case 'androidPhone':
      return t('former.thisPhone')
    case 'ipad':
    case 'androidTablet':
      return t('former.thisTablet')
    case 'computer':
      return t('former.thisComputer')
    case 'other':
      return t('former.this')
  }
}
