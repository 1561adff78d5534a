import type { Tables } from '../database/schema.ts'
import { listKept, sayDuration, type AllKept } from './kept.ts'

export const INVENTORY_LANGUAGES = ['da', 'en'] as const
export type InventoryLanguage = (typeof INVENTORY_LANGUAGES)[number]

/** What stands in the record of processing of one kind of data, in one language. */
export interface DataWords {
  readonly name: string
  readonly data: string
  readonly kept: string
}

/** One kind of data: in which tables it lies, whose it is, and what is said of it. */
export interface DataKind {
  readonly tables: readonly (keyof Tables)[]
  readonly whose: 'citizens' | 'staff' | 'both' | 'nobody'
  readonly da: DataWords
  readonly en: DataWords
}

/** Said where this version deletes nothing by itself. */
export const STAYS = {
  da: 'Nærvær sletter det ikke af sig selv i denne version.',
  en: 'Nærvær does not delete it by itself in this version.',
} as const

/** Everything that is stored, each table in exactly one kind. */
export function listInventory(kept: AllKept = listKept()): readonly DataKind[] {
  const da = (name: keyof AllKept) => sayDuration(kept[name], 'da')
  const en = (name: keyof AllKept) => sayDuration(kept[name], 'en')
  return [
    {
      tables: ['people', 'person_roles', 'assignments', 'teams', 'team_members'],
      whose: 'both',
      da: {
        name: 'Personer og tilknytning',
        data: 'Navn, rolle og team. Hvilken medarbejder eller vikar der støtter hvilken borger, fra hvornår til hvornår.',
        kept: `${STAYS.da} En medarbejders konto kan IT lukke og slette; så er kun et tilfældigt nummer tilbage. En borger kan endnu ikke slettes i programmet.`,
      },
      en: {
        name: 'People and who supports whom',
        data: 'Name, role and team. Which worker or substitute supports which citizen, from when to when.',
        kept: `${STAYS.en} IT can close and delete the account of a member of staff, which leaves nothing but a random number. A citizen cannot be deleted in the program yet.`,
      },
    },
    {
      tables: ['choice_steps'],
      whose: 'citizens',
      da: {
        name: 'Borgerens valg om video',
        data: 'Hvert tilbud, svar, hver pause og hvert stop: hvornår, til hvilken tekst, hvem der spurgte, og om svaret blev givet på egen enhed eller mundtligt til en medarbejder.',
        kept: `Så længe et ja gælder, med det, der gik forud. ${da('choice')} efter et nej, et stop eller et tilbud, der ikke blev til noget.`,
      },
      en: {
        name: 'The citizen’s choice about video',
        data: 'Each offer, answer, pause and stop: when, to which text, who asked, and whether it was answered on the own device or spoken to a member of staff.',
        kept: `As long as a yes holds, with what led to it. ${en('choice')} after a no, a stop, or an offer that nothing came of.`,
      },
    },
    {
      tables: ['protected_addresses'],
      whose: 'citizens',
      da: {
        name: 'Beskyttet adresse',
        data: 'At borgeren har beskyttet adresse. Hverken adressen eller grunden.',
        kept: 'Til en medarbejder eller leder tager det af.',
      },
      en: {
        name: 'Protected address',
        data: 'That the citizen has a protected address. Neither the address nor the reason.',
        kept: 'Until a worker or leader clears it.',
      },
    },
    {
      tables: ['phones', 'travel_profiles', 'quiet_hours', 'reminder_wishes'],
      whose: 'citizens',
      da: {
        name: 'Oplysninger til planlægningen',
        data: 'Telefonnummer. Hvor langt der er til borgeren, i minutter og kilometer. Tider, hvor der ikke må ringes. Ønske om at blive mindet om en aftale dagen før.',
        kept: 'Til det tages ud. Telefonnummer, stille tider og ønsket om påmindelse går også, når borgeren siger stop.',
      },
      en: {
        name: 'What planning needs',
        data: 'Telephone number. How far it is to the citizen, in minutes and kilometres. Times in which no ring is wanted. A wish to be reminded of an appointment the day before.',
        kept: 'Until it is taken out. Telephone number, quiet hours and the wish for a reminder also go when the citizen stops.',
      },
    },
    {
      tables: ['readiness', 'callbacks', 'pick_ups'],
      whose: 'citizens',
      da: {
        name: 'Korte beskeder mellem borger og medarbejder',
        data: 'At borgeren er klar, eller gerne vil ringes op, og af hvem. En af otte faste sætninger, som de to vil tage op næste gang.',
        kept: `Klar: højst ${da('ready')}. Ønske om opkald: højst ${da('callback')}, og hvis borgeren venter på en medarbejder, der er væk, ${da('callback')} efter fraværet. Den faste sætning: efter samtalen, højst ${da('pickUp')}.`,
      },
      en: {
        name: 'Short messages between citizen and worker',
        data: 'That the citizen is ready, or would like to be rung, and by whom. One of eight set phrases that the two will take up next time.',
        kept: `Ready: ${en('ready')} at most. Wish to be rung: ${en('callback')} at most, and where the citizen waits for a worker who is absent, ${en('callback')} after the absence. The set phrase: after the talk, ${en('pickUp')} at most.`,
      },
    },
    {
      tables: ['appointments', 'appointment_exceptions'],
      whose: 'both',
      da: {
        name: 'Aftaler',
        data: 'Hvem der mødes, hvornår, hvor længe, hvor tit, og om det er video, besøg eller telefon. Om en aftale er flyttet, aflyst og af hvilken side, overtaget, forsinket eller holdt, og hvad borgeren svarede på påmindelsen. Ingen grund og ingen tekst.',
        kept: `${da('appointment')} efter sidste dag.`,
      },
      en: {
        name: 'Appointments',
        data: 'Who meets, when, for how long, how often, and whether by video, visit or telephone. Whether one was moved, called off and by which side, taken over, late or held, and what the citizen said to the reminder. No reason and no text.',
        kept: `${en('appointment')} after the last day.`,
      },
    },
    {
      tables: ['absences'],
      whose: 'staff',
      da: {
        name: 'Fravær',
        data: 'Hvilke dage en medarbejder ikke er på arbejde. Ingen grund.',
        kept: `Til det tages ud, og ${da('absence')} efter sidste dag, eller ${da('absenceWaited')}, hvis en borger venter på medarbejderen.`,
      },
      en: {
        name: 'Absence',
        data: 'On which days a worker is not at work. No reason.',
        kept: `Until it is taken out, and ${en('absence')} after the last day, or ${en('absenceWaited')} where a citizen waits for the worker.`,
      },
    },
    {
      tables: ['reminders', 'appointment_news'],
      whose: 'citizens',
      da: {
        name: 'Påmindelser og ændringer, der skal fortælles',
        data: 'Hvilken aftale der mindes om, eller som er flyttet eller aflyst, og om beskeden er sendt og kommet frem.',
        kept: `Påmindelser: ${da('reminder')} efter aftalens begyndelse. Ændringer: ${da('news')}.`,
      },
      en: {
        name: 'Reminders and changes to be told',
        data: 'Which appointment is reminded of, or was moved or called off, and whether the notice was sent and has come.',
        kept: `Reminders: ${en('reminder')} after the appointment’s beginning. Changes: ${en('news')}.`,
      },
    },
    {
      tables: ['calls', 'call_legs'],
      whose: 'both',
      da: {
        name: 'Opkald',
        data: 'Hvem der ringede til hvem og i hvis sted, tidspunkter, udfald, hvem der lagde på, hvilken vej forbindelsen gik, og afrundede tal for dens kvalitet. Om samtalen trådte i stedet for et besøg. Lyd, billede og det, der skrives, gemmes ikke.',
        kept: `${da('call')}. Så tælles de sammen pr. måned og team uden personer, og rækkerne slettes.`,
      },
      en: {
        name: 'Calls',
        data: 'Who rang whom and in whose place, times, outcome, who hung up, which way the connection took, and rounded figures of its quality. Whether the talk replaced a visit. Sound, picture and what is written are not stored.',
        kept: `${en('call')}. Then they are counted by month and team without persons, and the rows are deleted.`,
      },
    },
    {
      tables: ['devices', 'device_keys', 'device_checks', 'pairings'],
      whose: 'both',
      da: {
        name: 'Enheder',
        data: 'Hvilke browsere der har logget på. Om borgerens enhed: dens offentlige nøgle, hvad slags enhed det er, hvem der tilsluttede den, hvornår den blev brugt og frakoblet, og om kamera, mikrofon, lyd, forbindelse og besked virkede. Startkoder som nøglebundne aftryk.',
        kept: `Startkoder: ${da('pairing')} efter udløb, og højst et døgn mere. Prøverne slettes, når enheden frakobles. Resten: ${STAYS.da}`,
      },
      en: {
        name: 'Devices',
        data: 'Which browsers have signed in. Of a citizen’s device: its public key, what kind it is, who paired it, when it was used and disconnected, and whether camera, microphone, sound, connection and notices worked. Start codes as keyed hashes.',
        kept: `Start codes: ${en('pairing')} after they end, and a day more at most. The checks are deleted when the device is disconnected. The rest: ${STAYS.en}`,
      },
    },
    {
      tables: ['device_states', 'device_tests'],
      whose: 'citizens',
      da: {
        name: 'Hvordan enheden har det',
        data: 'Om borgerens enhed: appens udgave, browser, system, slags net, og hvad der er givet lov til, som det er nu, og som det var, da det sidst virkede. Koderne fra dens sidste test. Til hjælp i telefonen; it-support ser det under dæknavn.',
        kept: `${da('deviceState')} efter at enheden har fortalt det, og til den frakobles.`,
      },
      en: {
        name: 'How the device stands',
        data: 'Of a citizen’s device: version of the app, browser, system, kind of network, and what is permitted, as it is now and as it was when last it worked. The codes of its last test. For help on the telephone; IT support sees it under a pseudonym.',
        kept: `${en('deviceState')} after the device told it, and until it is disconnected.`,
      },
    },
    {
      tables: ['sessions'],
      whose: 'both',
      da: {
        name: 'Log på',
        data: 'Aftryk af sessionens nøgle, hvordan der blev logget på, enhedens slags, og hvornår den sidst blev brugt.',
        kept: `Til der logges af. Medarbejdere: højst ${da('staffSession')}, eller ${da('staffIdle')} uden brug. Borgere: ${da('citizenSession')} efter sidste brug. Rækken fjernes højst et døgn efter.`,
      },
      en: {
        name: 'Sessions',
        data: 'Hash of the session’s token, how it signed in, the kind of device, and when it was used last.',
        kept: `Until signed out. Staff: ${en('staffSession')} at most, or ${en('staffIdle')} without use. Citizens: ${en('citizenSession')} after the last use. The row is removed a day later at most.`,
      },
    },
    {
      tables: ['push_subscriptions', 'push_notices'],
      whose: 'citizens',
      da: {
        name: 'Beskeder til en lukket app',
        data: 'Adressen hos enhedens beskedtjeneste og enhedens nøgler (krypteret), hvad en besked må vise, sproget, og om en besked blev sendt og kom frem.',
        kept: `Adressen: til den slås fra, enheden frakobles, tjenesten melder den væk, eller den har været tavs i ${da('silentDevice')}. Beskeder: ${da('notice')}.`,
      },
      en: {
        name: 'Notices to a closed app',
        data: 'The address at the device’s push service and the device’s keys (sealed), what a notice may show, the language, and whether a notice was sent and arrived.',
        kept: `The address: until it is turned off, the device is disconnected, the service says it is gone, or it has been silent for ${en('silentDevice')}. Notices: ${en('notice')}.`,
      },
    },
    {
      tables: ['tech_reports'],
      whose: 'citizens',
      da: {
        name: 'Tekniske rapporter bag en supportkode',
        data: 'Hvad en enhed fandt, da den blev prøvet. Intet navn, ingen adresse, og ikke hvis den er.',
        kept: `${da('report')}.`,
      },
      en: {
        name: 'Technical reports behind a support code',
        data: 'What a device found when it was tried. No name, no address, and not whose it is.',
        kept: `${en('report')}.`,
      },
    },
    {
      tables: ['audit_events', 'audit_anchor'],
      whose: 'both',
      da: {
        name: 'Hændelseslog',
        data: 'Hvem der gjorde eller læste hvad om hvem og hvornår, med numre i stedet for navne, i en kæde, hvor hver ændring kan ses.',
        kept: `${da('audit')}. Databasen afviser at ændre en linje, og at fjerne en, der er yngre. En forseglet note om den sidste fjernede linje gør, at resten stadig kan efterprøves.`,
      },
      en: {
        name: 'Audit log',
        data: 'Who did or read what about whom and when, with numbers instead of names, in a chain in which each change shows.',
        kept: `${en('audit')}. The database refuses to change a line, and to remove one that is younger. A sealed note of the last one removed keeps the rest verifiable.`,
      },
    },
    {
      tables: [
        'invitations',
        'passkeys',
        'passphrases',
        'sign_in_challenges',
        'oidc_identities',
        'oidc_sessions',
        'oidc_logouts',
      ],
      whose: 'staff',
      da: {
        name: 'Medarbejderes adgang',
        data: 'Engangslink som aftryk, offentlige halvdele af adgangsnøgler, loginnavn, aftryk af kodesætning, hemmelighed til engangskoder (krypteret), og hvilket nummer den fælles loginløsning kender medarbejderen ved.',
        kept: `Spørgsmål, der venter på svar: ${da('challenge')}. Et link virker i ${da('invitation')}; dets række fjernes højst et døgn efter. Adgangsnøgler og kodesætning: til nøglen fjernes eller kontoen slettes. Nummeret fra den fælles loginløsning bliver liggende.`,
      },
      en: {
        name: 'How staff get in',
        data: 'One-time links as hashes, public halves of passkeys, sign-in name, hash of the passphrase, secret for one-time codes (sealed), and the number by which the provider of work accounts knows them.',
        kept: `Questions that wait for an answer: ${en('challenge')}. A link works for ${en('invitation')}; its row is removed a day later at most. Passkeys and passphrase: until the key is removed or the account deleted. The number of the provider of work accounts stays.`,
      },
    },
    {
      tables: ['calendar_feeds'],
      whose: 'staff',
      da: {
        name: 'Medarbejderes private kalenderadresse',
        data: 'Aftryk af adressens hemmelighed, hvornår den blev lavet, og aftryk af det sidst læste.',
        kept: 'Til medarbejderen lukker den, eller kontoen lukkes.',
      },
      en: {
        name: 'Workers’ private calendar address',
        data: 'Hash of the address’s secret, when it was made, and a hash of what was last read.',
        kept: 'Until the worker closes it, or the account is closed.',
      },
    },
    {
      tables: ['call_months'],
      whose: 'citizens',
      da: {
        name: 'Optælling af fjernede opkald',
        data: 'Hvor mange opkald der var pr. måned, team, udfald og længde. Uden navne og numre; i et team med få borgere kan et tal alligevel være om én af dem.',
        kept: 'Så længe anlægget findes.',
      },
      en: {
        name: 'Counts of removed calls',
        data: 'How many calls there were by month, team, outcome and length. Without names and numbers; in a team with few citizens a figure can be about one of them all the same.',
        kept: 'As long as the installation exists.',
      },
    },
    {
      tables: [
        'audit_head',
        'heartbeat',
        'mileage_rates',
        'migrations',
        'push_keys',
        'reminder_progress',
      ],
      whose: 'nobody',
      da: {
        name: 'Drift, om ingen personer',
        data: 'Logbogens sidste linje, databasens opbygning, serverens egen nøgle til beskeder (krypteret), takster for kørsel, og hvornår serveren sidst virkede.',
        kept: 'Så længe anlægget findes.',
      },
      en: {
        name: 'Operation, about nobody',
        data: 'The log’s last line, the shape of the records, the server’s own key for notices (sealed), mileage rates, and when the server last worked.',
        kept: 'As long as the installation exists.',
      },
    },
  ]
}
