import type { CheckCode } from '@naervaer/shared'
import K1 from '../../../docs/codes/K1.md?raw'
import K2 from '../../../docs/codes/K2.md?raw'
import K3 from '../../../docs/codes/K3.md?raw'
import M1 from '../../../docs/codes/M1.md?raw'
import M2 from '../../../docs/codes/M2.md?raw'
import M3 from '../../../docs/codes/M3.md?raw'
import N1 from '../../../docs/codes/N1.md?raw'
import N2 from '../../../docs/codes/N2.md?raw'
import N3 from '../../../docs/codes/N3.md?raw'
import N4 from '../../../docs/codes/N4.md?raw'
import B1 from '../../../docs/codes/B1.md?raw'
import B2 from '../../../docs/codes/B2.md?raw'
import V1 from '../../../docs/codes/V1.md?raw'
import S1 from '../../../docs/codes/S1.md?raw'
import S2 from '../../../docs/codes/S2.md?raw'
import U1 from '../../../docs/codes/U1.md?raw'

/** The pages of the error codes as they stand in `docs/codes`: part of the app, so that they need no internet. */
export const CODE_FILES: Readonly<Record<CheckCode, string>> = {
  K1,
  K2,
  K3,
  M1,
  M2,
  M3,
  N1,
  N2,
  N3,
  N4,
  B1,
  B2,
  V1,
  S1,
  S2,
  U1,
}
