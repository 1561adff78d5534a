/** What citizens and staff both read: devices, moments, and whom to ring. */
export const texts = {
  'pair.yes': 'Ja',
  'pair.no': 'Nej',
  'pair.mineSince': 'tilsluttet {date}',
  'pair.kindIphone': 'iPhone',
  'pair.kindIpad': 'iPad',
  'pair.kindAndroidPhone': 'Android-telefon',
  'pair.kindAndroidTablet': 'Android-tablet',
  'pair.kindComputer': 'computer',
  'pair.kindOther': 'telefon eller tablet',

  'it.kind.phone': 'Telefon',
  'it.kind.tablet': 'Tablet',
  'it.kind.computer': 'Computer',
  'it.kind.unknown': 'Ukendt enhed',

  'duty.noNumber': 'Har du ikke nummeret?',
  'duty.ring': 'Ring {phone}',

  'mydata.when': '{date} kl. {time}',
} as const
