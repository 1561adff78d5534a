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
  'error.choiceNotGiven': 'Borgeren har ikke sagt ja til videosamtaler. Brug telefonen.',
  'error.choicePaused': 'Borgeren holder pause fra videosamtaler. Brug telefonen imens.',
  'error.choiceWithdrawn': 'Borgeren vil ikke have flere videosamtaler. Brug telefonen.',
  'error.choiceNotOffered': 'Videosamtaler er ikke tilbudt endnu.',
  'error.maintenance':
    'Systemet bliver opdateret, og du kan ikke ringe op imens. Brug telefonen, hvis det ikke kan vente.',
  'error.relayMissing':
    'Borgeren har beskyttet adresse. Appen kan ikke skjule den endnu. Brug telefonen, og sig det til it-support.',
  'error.alreadyInOne': 'Du er allerede i en samtale.',
  'error.justEnded': 'Borgeren har lige lagt på. Vent et minut, før du ringer igen.',
  'error.quietHours': 'Borgeren vil ikke ringes op på denne tid af dagen.',
  'error.rungOften': 'Der er ringet tre gange på ti minutter. Vent lidt, eller brug telefonen.',
  'error.rungAllDay': 'Der er ringet ti gange i dag. Prøv igen i morgen, eller brug telefonen.',
} as const
