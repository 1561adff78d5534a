/** Who runs this, and what is told of data and accessibility. */
export const texts = {
  'about.runs': '{name} bruger appen til at tale med dig på video.',
  'about.runsNobody': 'Din kommune bruger appen til at tale med dig på video.',
  'about.data': 'Dine data',
  'about.dataNot': 'Ingen optager. Lyd, billede og det, du skriver, bliver ikke gemt.',
  'about.dataKept': 'Vi gemmer, hvornår vi har talt sammen, dine aftaler og dine valg.',
  'about.dataPush':
    'Vælger du beskeder, bringer Apple, Google, Mozilla eller Microsoft dem. De kan ikke læse dem.',
  'about.dataRight': 'Du kan få at se, hvad vi har om dig. Du kan klage til Datatilsynet.',
  'about.privacy': 'Læs alt om dine data',
  'about.privacyAsk': 'Vil du vide mere, så spørg din bostøtte.',
  'about.access': 'Appen er for alle',
  'about.accessBody': 'Er der noget, du ikke kan bruge, så sig det til din bostøtte.',
  'about.accessLink': 'Læs erklæringen om tilgængelighed',
  'about.program': 'Programmet',
  'about.version': 'Nærvær {version}. Alle må se, hvordan det er lavet.',
  'about.elsewhere': 'åbner en anden side',
} as const
