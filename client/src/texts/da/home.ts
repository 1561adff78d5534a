/** What a citizen's first page says besides who will ring; it comes right after the first script. */
export const texts = {
  'home.ready': 'Jeg er klar',
  'home.readyShown': 'Nu kan {name} se, at du er klar.',
  'home.readyUntil': 'Det gælder til kl. {time}.',
  'home.readyNot': 'Jeg er ikke klar mere',
  'home.requestCall': 'Bed {name} om at ringe',
  'home.requestSent': '{name} har fået din besked. {name} ringer, når der er tid.',
  'home.requestSentMany': 'Din besked er sendt. {name} ringer, når der er tid.',
  'home.requestSeen': '{name} har set din besked. {name} ringer, når der er tid.',
  'home.requestSeenMany': 'Din besked er set. {name} ringer, når der er tid.',
  'home.requestUndo': 'Tag beskeden tilbage',
  'home.missedYesterday': '{name} ringede i går kl. {time}',
  'missed.again': 'Bed {name} om at ringe igen',
} as const
