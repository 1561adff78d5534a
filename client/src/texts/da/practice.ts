/** "Øv et opkald": a call with one's own echo. */
export const texts = {
  'practice.about': 'Her kan du prøve et opkald helt alene. Ingen andre er med.',
  'practice.how': 'Det ringer. Du svarer. Så ser og hører du dig selv, to sekunder senere.',
  'practice.headphones': 'Har du høretelefoner, så tag dem på.',
  'practice.private': 'Vi optager ikke noget. Vi tæller det heller ikke.',
  'practice.begin': 'Begynd',

  'practice.none': 'Opkaldet kan ikke gå gennem kommunen her',
  'practice.unreached': 'Vi kan ikke få fat i kommunen lige nu',
  'practice.without': 'Du kan øve alligevel. Så bliver alt på din egen enhed.',
  'practice.goWithout': 'Øv på din enhed',
  'practice.again': 'Øv igen',

  'practice.name': 'Ekko',
  'practice.ring': 'Det er kun et øveopkald. Ekko er din egen stemme og dit eget billede.',
  'practice.hint': 'Sig noget kort, og vent. Om to sekunder hører du det igen.',

  'practice.broken': 'Vi kunne ikke få forbindelse',
  'practice.brokenBody': 'Det er ikke din skyld. Opkaldet kom ikke gennem kommunens net.',

  'practice.ended': 'Øveopkaldet er slut',
  'practice.endedCitizen': 'Sådan er det også, når din bostøtte ringer.',
  'practice.endedWorker': 'Sådan er det også, når du taler med en borger.',
  'practice.kept': 'Der er ikke gemt noget.',
} as const
