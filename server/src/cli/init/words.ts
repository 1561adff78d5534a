/** Danish is what IT is spoken to in unless they say otherwise. */
export const LANGUAGES = ['da', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const DANISH = {
  welcome: 'Nærvær sættes op. Svar på ni spørgsmål; Enter tager det, der står i [ ].',
  questions: {
    PUBLIC_HOST: 'Navnet, som alle åbner i browseren, fx video.kommune.dk',
    TLS_MODE:
      'Certifikat: acme (offentligt, hentes automatisk), files (jeres egne filer), internal (kun til forsøg)',
    CONTACT_EMAIL: 'E-mail til IT, som certifikat- og notifikationstjenester kan skrive til',
    TURN_ADDRESS: 'Serverens offentlige IP-adresse (IPv4), som borgernes telefoner kan nå',
    TURN_HOST_ADDRESS: 'Maskinens egen IP-adresse, hvis firewallen oversætter den offentlige (NAT)',
    DUTY_PHONE:
      'Telefonnummer, som borgere kan ringe til, når ingen svarer, fx 12 34 56 78 (må være tomt)',
    MUNICIPALITY_NAME: 'Kommunens navn, som borgere læser det, fx Aarhus Kommune (må være tomt)',
    PRIVACY_URL: 'Adressen på jeres tekst om borgernes oplysninger, https://… (må være tomt)',
    ACCESSIBILITY_STATEMENT_URL:
      'Adressen på jeres tilgængelighedserklæring, https://… (må være tomt)',
  },
  problems: {
    host: 'Det skal være et fuldt navn, fx video.kommune.dk, eller localhost til et forsøg.',
    tls: 'Det skal være acme, files eller internal.',
    notPublic:
      'Et offentligt certifikat kræver et navn, som alle kan slå op. Brug files eller internal.',
    email: 'Det skal være en e-mailadresse, fx it@kommune.dk.',
    address: 'Det skal være en IPv4-adresse på denne maskine eller dens firewall, fx 203.0.113.10.',
    phone: 'Det skal være 3 til 20 cifre og mellemrum, fx 12 34 56 78.',
    municipality: 'Det skal være et navn på højst 60 tegn, fx Aarhus Kommune.',
    link: 'Det skal være en adresse, der begynder med https://.',
  },
  warnings: {
    privateAddress: 'Bemærk: Adressen er privat. Telefoner uden for jeres net kan ikke nå den.',
    internal: 'Bemærk: Certifikatet er kun til forsøg. Borgernes telefoner stoler ikke på det.',
    noPhone: 'Bemærk: Uden telefonnummer har en borger kun sine medarbejdere at ringe til.',
    noLinks:
      'Bemærk: Loven kræver, at borgere kan læse om deres oplysninger og om tilgængelighed. Sæt PRIVACY_URL og ACCESSIBILITY_STATEMENT_URL i .env, før de første borgere begynder.',
  },
  missing: (option: string) => `${option} mangler. naervaer init --help viser alle.`,
  gone: 'Afbrudt. Intet er skrevet.',
  noStack: 'Her er ingen docker-compose.yml. Gå til mappen med Nærvær, og prøv igen.',
  exists: (files: string) =>
    `${files} findes i forvejen og røres ikke. Flyt dem væk, hvis du vil begynde forfra. Uden secrets/master_key kan gamle data ikke læses.`,
  complete: 'Alt er her i forvejen. Intet er ændret.',
  changedByHand:
    'Her er sat op i forvejen, og svar skrives kun første gang: ret .env. Uden andre valg end --to og --lang tilføjes det, der mangler.',
  added: (files: string) =>
    `Stakken er sat op i forvejen. Kun det, der manglede, er tilføjet: ${files}. Fortsæt med docker compose up -d --build --wait`,
  notWritten: (file: string) => `${file} kan ikke skrives: har du lov til det i mappen?`,
  written: (files: string) => `Skrevet: ${files}`,
  keep: 'Gem en kopi af secrets/master_key et sikkert sted, adskilt fra sikkerhedskopierne.',
  ownFiles:
    'Læg fullchain.pem og privkey.pem i secrets/certs, og kør: chmod 444 secrets/certs/*.pem',
  next: 'Næste skridt:',
}

const ENGLISH: typeof DANISH = {
  welcome: 'Setting up Nærvær. Nine questions; Enter takes what stands in [ ].',
  questions: {
    PUBLIC_HOST: 'The name that everybody opens in the browser, such as video.example.dk',
    TLS_MODE:
      'Certificate: acme (public, fetched by itself), files (your own), internal (for a trial only)',
    CONTACT_EMAIL: "IT's e-mail, to which certificate and notification services can write",
    TURN_ADDRESS: "The server's public IP address (IPv4), which citizens' telephones can reach",
    TURN_HOST_ADDRESS:
      "The machine's own IP address, if the firewall translates the public one (NAT)",
    DUTY_PHONE:
      'Telephone number that citizens can ring when nobody answers, such as 12 34 56 78 (may be empty)',
    MUNICIPALITY_NAME:
      'The name of the municipality as citizens read it, such as Aarhus Kommune (may be empty)',
    PRIVACY_URL: "The address of your text about citizens' data, https://… (may be empty)",
    ACCESSIBILITY_STATEMENT_URL:
      'The address of your accessibility statement, https://… (may be empty)',
  },
  problems: {
    host: 'It must be a full name, such as video.example.dk, or localhost for a trial.',
    tls: 'It must be acme, files or internal.',
    notPublic:
      'A public certificate needs a name that everybody can look up. Use files or internal.',
    email: 'It must be an e-mail address, such as it@example.dk.',
    address: 'It must be an IPv4 address of this machine or its firewall, such as 203.0.113.10.',
    phone: 'It must be 3 to 20 digits and spaces, such as 12 34 56 78.',
    municipality: 'It must be a name of at most 60 characters, such as Aarhus Kommune.',
    link: 'It must be an address that begins with https://.',
  },
  warnings: {
    privateAddress:
      'Note: the address is private. Telephones outside your network cannot reach it.',
    internal: "Note: the certificate is for a trial only. Citizens' telephones do not trust it.",
    noPhone: 'Note: without a telephone number a citizen has only their workers to ring.',
    noLinks:
      'Note: by law citizens can read about their data and about accessibility. Set PRIVACY_URL and ACCESSIBILITY_STATEMENT_URL in .env before the first citizens begin.',
  },
  missing: (option) => `${option} is missing. naervaer init --help lists all.`,
  gone: 'Stopped. Nothing was written.',
  noStack: 'There is no docker-compose.yml here. Go to the folder with Nærvær and try again.',
  exists: (files) =>
    `${files} is there already and is left alone. Move it away to begin anew. Without secrets/master_key old records cannot be read.`,
  complete: 'All is here already. Nothing was changed.',
  changedByHand:
    'All is set up here, and answers are only written the first time: change .env. Without options other than --to and --lang, what is missing is added.',
  added: (files) =>
    `The stack is set up already. Only what was missing has been added: ${files}. Go on with docker compose up -d --build --wait`,
  notWritten: (file) => `${file} cannot be written: are you allowed to in this folder?`,
  written: (files) => `Written: ${files}`,
  keep: 'Keep a copy of secrets/master_key in a safe place, apart from the backups.',
  ownFiles:
    'Put fullchain.pem and privkey.pem into secrets/certs, and run: chmod 444 secrets/certs/*.pem',
  next: 'Next step:',
}

/** What `naervaer init` says, by language. */
export const LANGUAGE_WORDS: Readonly<Record<Language, typeof DANISH>> = {
  da: DANISH,
  en: ENGLISH,
}

/** All its words in one language, or a part of them. */
export type WordsOf<Part extends keyof typeof DANISH | 'all' = 'all'> = Part extends 'all'
  ? typeof DANISH
  : Part extends keyof typeof DANISH
    ? (typeof DANISH)[Part]
    : never
