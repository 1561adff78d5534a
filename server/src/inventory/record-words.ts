/** What the record of processing (GDPR art. 30) says besides the kinds of data, in one language. */
export interface RecordWords {
  readonly title: string
  readonly intro: readonly string[]
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly fieldHeads: readonly [string, string]
  readonly kindsTitle: string
  readonly kindHeads: readonly [string, string, string, string, string]
  readonly whose: Readonly<Record<'citizens' | 'staff' | 'both' | 'nobody', string>>
  readonly notesTitle: string
  readonly notes: readonly string[]
}

const FILL_IN_DA = '**[Udfyldes af kommunen]**'
const FILL_IN_EN = '**[To be filled in by the municipality]**'

/** Danish, with the number of days that backups are kept unless something else is set. */
export const makeDanishWords = (backupKept: string): RecordWords => ({
  title: 'Fortegnelse over behandlingsaktiviteter (artikel 30)',
  intro: [
    'Et udkast fra softwaren til kommunens fortegnelse. `naervaer art30` skriver det samme. Det, softwaren ved, er udfyldt; det, som kun kommunen ved, er mærket. Udkastet er ikke juridisk rådgivning: kommunen er dataansvarlig og afgør det sammen med sin databeskyttelsesrådgiver.',
  ],
  fieldHeads: ['Punkt', 'Indhold'],
  fields: [
    ['Dataansvarlig og kontakt', FILL_IN_DA],
    ['Databeskyttelsesrådgiver', FILL_IN_DA],
    [
      'Formål',
      `At give bostøtte som videosamtale, når borgeren har valgt det til, at planlægge aftaler og at kunne rette fejl. ${FILL_IN_DA}: den præcise bestemmelse i serviceloven.`,
    ],
    [
      'Behandlingsgrundlag',
      `${FILL_IN_DA}. Forslag til vurdering: databeskyttelsesforordningens artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra g, med databeskyttelseslovens § 7, stk. 4. Borgerens »ja tak« i appen er et valg af arbejdsform og ikke et samtykke til behandling.`,
    ],
    [
      'Registrerede',
      'Borgere, der får bostøtte eller er tilbudt video. Medarbejdere med adgang til Nærvær.',
    ],
    [
      'Følsomme oplysninger',
      'At en person får bostøtte, siger noget om helbred eller sociale forhold. Alt, der knytter en borger til systemet, bør behandles som følsomt. Der er ingen felter til CPR-nummer, adresse, diagnose eller fri tekst; kun navne på personer og teams, telefonnummer og loginnavn skrives frit.',
    ],
    [
      'Modtagere',
      `Den, der driver serveren, hvis det ikke er kommunen selv: ${FILL_IN_DA}. Beskedtjenesterne, hvis de bruges (se nederst). Ingen andre modtager noget fra softwaren.`,
    ],
    [
      'Tredjelande',
      'Kun beskedtjenesterne fra Apple, Google, Mozilla og Microsoft, og kun hvis `PUSH_ENABLED` er slået til, og borgeren har sagt ja til beskeder på sin enhed. Indholdet er krypteret til enheden. Tjenesten kan se serverens og enhedens adresse, tidspunkt og en fast størrelse.',
    ],
    [
      'Sikkerhed',
      'Se [SECURITY.md](../../SECURITY.md). Lyd, billede og tekst er krypteret mellem de to enheder. Roller med mindst mulig adgang. Opslag skrives i hændelsesloggen, og borgeren kan se tidspunkt og grund. Sikkerhedskopier er krypterede. Serverens disk skal krypteres af den, der driver den.',
    ],
  ],
  kindsTitle: 'Oplysninger og slettefrister',
  kindHeads: ['Oplysninger', 'Om', 'Indhold', 'Opbevaring', 'Tabeller'],
  whose: {
    citizens: 'Borgere',
    staff: 'Medarbejdere',
    both: 'Borgere og medarbejdere',
    nobody: 'Ingen',
  },
  notesTitle: 'Det skal kommunen vide',
  notes: [
    `Sikkerhedskopier gemmes i ${backupKept}, hvis \`BACKUP_KEEP_DAYS\` ikke siger andet. Det, der er slettet, ligger i dem så længe. Det samme gælder kopier fra før en opgradering (den nyeste mindst en uge) og fra før en gendannelse; de første er kun krypterede, når der er en nøgle, de sidste er det ikke. Serveren sletter dem selv.`,
    'Fristerne for opkald, aftaler, valg, hændelseslog og tavse enheder kan kommunen sætte med `RETENTION_…`. Opkald bliver til antal pr. måned og team; små grupper er ikke skjult i de tal, så de må ikke vises uden en grænse for gruppens størrelse. Hvor der står, at Nærvær ikke sletter af sig selv, findes der endnu ingen automatisk frist. Kommunen må selv beslutte en frist og, hvordan den holdes, før borgere tages ind.',
    'Softwaren kan endnu ikke udskrive alt om én borger, slette en borger eller begrænse behandlingen af en borger. En anmodning om indsigt, sletning eller begrænsning skal behandles manuelt af den, der har adgang til databasen.',
    'Serverens egen log rummer også hændelsesloggens linjer, med numre i stedet for navne. Den ligger, så længe maskinen, eller det system, der samler logge, gemmer den: stakken gemmer 30 MB, uanset alder.',
    'Logge fra en proxy foran serveren og fra coturn kan indeholde IP-adresser. Deres opbevaring bestemmer den, der driver dem.',
    'Hvad der ligger i browseren, står i [drift](../operating.md#what-stays-in-the-browser).',
  ],
})

/** English, with the number of days that backups are kept unless something else is set. */
export const makeEnglishWords = (backupKept: string): RecordWords => ({
  title: 'Record of processing activities (article 30)',
  intro: [
    'A draft by the software for the municipality’s record. `naervaer art30 --language en` prints the same. What the software knows is filled in; what only the municipality knows is marked. The draft is no legal advice: the municipality is the controller and decides together with its data protection officer.',
  ],
  fieldHeads: ['Item', 'Content'],
  fields: [
    ['Controller and contact', FILL_IN_EN],
    ['Data protection officer', FILL_IN_EN],
    [
      'Purpose',
      `To give support (bostøtte) as a video conversation where the citizen has chosen it, to plan appointments, and to be able to mend faults. ${FILL_IN_EN}: the exact section of serviceloven.`,
    ],
    [
      'Legal basis',
      `${FILL_IN_EN}. Suggested for consideration: GDPR article 6(1)(e) and article 9(2)(g) with databeskyttelsesloven § 7(4). The citizen’s “ja tak” in the app is a choice of a way of working and no consent to processing.`,
    ],
    [
      'Data subjects',
      'Citizens who are given support or have been offered video. Staff with access to Nærvær.',
    ],
    [
      'Special categories',
      'That somebody is given support says something of health or social circumstances. All that links a citizen to the system should be treated as such. There is no field for a CPR number, address, diagnosis or free text; only names of people and teams, a telephone number and a sign-in name are typed.',
    ],
    [
      'Recipients',
      `Whoever runs the server, if that is not the municipality: ${FILL_IN_EN}. The push services, where they are used (see below). Nobody else is sent anything by the software.`,
    ],
    [
      'Third countries',
      'Only the push services of Apple, Google, Mozilla and Microsoft, and only where `PUSH_ENABLED` is on and the citizen has said yes to notices on the own device. The content is sealed for the device. The service sees the address of the server and of the device, the time, and a fixed size.',
    ],
    [
      'Security',
      'See [SECURITY.md](../../SECURITY.md). Sound, picture and text are encrypted between the two devices. Roles with the least access. Look-ups go into the audit log, and the citizen reads when and why. Backups are encrypted. The server’s disk must be encrypted by whoever runs it.',
    ],
  ],
  kindsTitle: 'Data and time limits',
  kindHeads: ['Data', 'About', 'Content', 'Kept', 'Tables'],
  whose: { citizens: 'Citizens', staff: 'Staff', both: 'Citizens and staff', nobody: 'Nobody' },
  notesTitle: 'What the municipality must know',
  notes: [
    `Backups are kept for ${backupKept} unless \`BACKUP_KEEP_DAYS\` says otherwise. What has been deleted lies in them for as long. The same holds for copies from before an upgrade (the newest for a week at least), encrypted only where there is a key, and from before a restore, which are not encrypted; the server removes them by itself.`,
    'The limits of calls, appointments, choices, the audit log and silent devices can be set by `RETENTION_…`. Calls become counts by month and team; small groups are not hidden in those, so that they must not be shown without a least size of a group. Where it says that Nærvær does not delete by itself, there is no automatic limit yet. The municipality must decide one, and how it is held, before citizens are taken in.',
    'The software cannot yet print everything about one citizen, delete a citizen, or restrict the processing of one. A request for access, erasure or restriction must be dealt with by hand by whoever has access to the database.',
    'The server’s own log also holds the lines of the audit log, with numbers in place of names. It lies there for as long as the machine, or the system that gathers logs, keeps it: the stack keeps 30 MB, whatever their age.',
    'Logs of a proxy in front of the server, and of coturn, may hold IP addresses. How long they are kept is decided by whoever runs them.',
    'What lies in the browser stands in [operating](../operating.md#what-stays-in-the-browser).',
  ],
})
