/** When the server cannot be reached. */
export const texts = {
  'trouble.offline': 'Du er ikke på nettet',
  'trouble.offlineHow': 'Se, om wi-fi eller mobildata er slået til.',
  'trouble.server': 'Vi kan ikke få forbindelse',
  'trouble.serverHow': 'Det er nok en fejl hos os. Du har ikke gjort noget forkert.',
  'trouble.worker': '{name} kan ikke ringe til dig her lige nu.',
  'trouble.itself': 'Siden kommer igen af sig selv. Du skal ikke gøre noget.',
  'trouble.talk': 'Vil du tale med nogen?',
} as const
