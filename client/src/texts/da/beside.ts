/** What two people can do in a call beside talking: write to each other, and compare four digits. */
export const texts = {
  'call.writeHint': '{name} ser det, mens du skriver. Det bliver ikke gemt.',

  'write.to': 'Skriv til {name}',
  'write.own': 'Dig',
  'write.all': 'Det, I har skrevet',
  'write.writing': '{name} skriver …',
  'write.says': '{name}: {text}',
  'write.line': 'Ny linje',
  'write.close': 'Luk',
  'write.waiting': 'Forbindelsen er væk. {name} ser teksten, når den er tilbage.',
  'write.held': 'Teksten er ikke nået frem til {name} endnu.',
  'write.full': 'Det var for langt. Resten er ikke kommet med.',
  'write.missing': 'Her kan der mangle noget tekst.',

  'pickup.agreed': 'I aftalte at tale om',
  'pickup.step': 'Det næste lille skridt',
  'pickup.outing': 'En tur ud',
  'pickup.home': 'Det praktiske derhjemme',
  'pickup.letter': 'Et brev',
  'pickup.meeting': 'Et møde',
  'pickup.people': 'Familie og venner',
  'pickup.rest': 'Søvn og hvile',
  'pickup.wentWell': 'Noget, der er gået godt',

  'call.security': 'Tjek forbindelsen',
  'call.securityHow':
    'Læs de fire tal højt for hinanden. Er tallene ens, er det kun jer to, der er med.',
  'call.securityBad': 'Er tallene forskellige? Læg på, og ring på den almindelige telefon.',
  'call.securityWait': 'Tallene er på vej …',
  'call.securityNone':
    'Vi kan ikke vise tal i denne samtale. Vil I være helt sikre? Læg på, og ring på den almindelige telefon.',
  'call.securityDigits': 'De fire tal',
  'call.securityNew': '{name} har fået en ny forbindelse. Derfor er tallene nye.',
} as const
