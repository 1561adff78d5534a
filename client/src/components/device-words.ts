import type { PairedKind } from '@naervaer/shared'
import { t } from '../texts/text.ts'

/** What a device is called. */
export function describeKind(kind: PairedKind): string {
  switch (kind) {
    case 'iphone':
      return t('pair.kindIphone')
    case 'ipad':
      return t('pair.kindIpad')
    case 'androidPhone':
      return t('pair.kindAndroidPhone')
    case 'androidTablet':
      return t('pair.kindAndroidTablet')
    case 'computer':
      return t('pair.kindComputer')
    case 'other':
      return t('pair.kindOther')
  }
}
