import type { texts as danish } from '../da/devices.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'pair.yes': 'Yes',
  'pair.no': 'No',
  'pair.mineSince': 'paired {date}',
  'pair.kindIphone': 'iPhone',
  'pair.kindIpad': 'iPad',
  'pair.kindAndroidPhone': 'Android phone',
  'pair.kindAndroidTablet': 'Android tablet',
  'pair.kindComputer': 'computer',
  'pair.kindOther': 'phone or tablet',

  'it.kind.phone': 'Phone',
  'it.kind.tablet': 'Tablet',
  'it.kind.computer': 'Computer',
  'it.kind.unknown': 'Unknown device',

  'duty.noNumber': 'Do you not have the number?',
  'duty.ring': 'Call {phone}',

  'mydata.when': '{date} at {time}',
}
