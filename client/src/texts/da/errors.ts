/** Why something was refused that only staff ask for. */
export const texts = {
  'error.substitute': 'Du er vikar. Det gør borgerens faste bostøtte.',
  'error.rolesMixed': 'En borger kan ikke også være medarbejder.',
  'error.teamName': 'Der er allerede et team med det navn.',
  'error.gone': 'Det findes ikke mere. Åbn siden igen.',
  'error.overlaps': 'De to er allerede sammen i den tid. Vælg andre dage.',
  'error.period': 'Dagene passer ikke. Den sidste dag skal ligge efter den første.',
  'error.assignmentsLeft':
    'Medarbejderen har stadig borgere. Lederen skal give dem en anden bostøtte først.',
  'error.ownAccount': 'Det kan du ikke gøre med din egen konto.',
  'error.passkeyRefused': 'Adgangsnøglen blev ikke taget imod. Prøv igen.',
  'error.passkeyLast': 'Du kan ikke fjerne den sidste nøgle. Tilføj en anden først.',
  'error.signInRefused': 'Det passer ikke. Se på navn, adgangssætning og kode igen.',
  'error.signInClosed': 'Den måde at logge ind på er lukket for dig. Brug din arbejdskonto.',
  'error.passphraseWeak': 'Den er for kort eller for let at gætte. Vælg en anden.',
  'error.codeWrong': 'Koden passer ikke. Se på tallene i appen igen.',
  'error.tooLate': 'Der gik for lang tid. Prøv igen.',
} as const
