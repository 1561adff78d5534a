/** The page on which anybody may try. */
export const texts = {
  'demo.about': 'Her prøver du Nærvær med opdigtede personer, og intet bliver optaget.',
  'demo.how': 'Sådan prøver du',
  'demo.step1': 'Log ind som Mette Holm i det ene vindue.',
  'demo.step2': 'Log ind som Anna i det andet vindue.',
  'demo.step3': 'Tryk på »Ring op« hos Mette Holm. Tryk på »Svar« hos Anna.',
  'demo.shared': 'To vinduer i samme browser deler login. Brug derfor hver sin adresse:',
  'demo.sharedNoAddress':
    'To vinduer i samme browser deler login. Brug derfor to forskellige browsere.',
  'demo.thisWindow': 'Dette vindue',
  'demo.otherWindow': 'Det andet vindue',
  'demo.workers': 'Medarbejdere',
  'demo.citizens': 'Borgere',
  'demo.signIn': 'Log ind som {name}',
  'demo.already': 'Du er logget ind som {name}. Du kan også vælge en anden.',
  'demo.continue': 'Fortsæt som {name}',
  'demo.signInReal': 'Log ind som medarbejder uden for prøven',
  'demo.leaders': 'Ledere',
  'demo.it': 'It-support',
} as const
