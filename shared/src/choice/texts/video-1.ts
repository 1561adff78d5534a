import type { ChoiceText } from './text.ts'

/** Never edited: a change of wording is a new version, and this one stays readable. */
export const VIDEO_1: ChoiceText = {
  version: 1,
  lines: {
    da: [
      'Det er frivilligt. Du får din bostøtte, uanset om du siger ja eller nej.',
      'Du bestemmer selv, om du vil svare. Du kan slukke kameraet eller lægge på, når du vil.',
      'Samtalerne bliver ikke optaget. Billede, lyd og det, I skriver, bliver ikke gemt.',
      'Vi gemmer, hvornår I har talt sammen, hvor længe, og om teknikken virkede.',
      'Kun din bostøtte, en vikar og de medarbejdere, der har brug for det i deres arbejde, kan se det.',
      'Du kan sige stop, når du vil. Det gør du under »Mine valg«.',
    ],
    en: [
      'It is voluntary. You get your support whether you say yes or no.',
      'You decide whether to answer. You can turn the camera off or hang up at any time.',
      'Conversations are not recorded. Picture, sound and what you write are not saved.',
      'We save when you talked, for how long, and whether the technology worked.',
      'Only your support worker, a substitute and staff who need it for their work can see it.',
      'You can stop whenever you want, under “My choices”.',
    ],
  },
}
