/** What everybody reads while IT works on the system. */
export const texts = {
  'maintenance.until':
    'Systemet bliver opdateret indtil kl. {time}. Man kan ikke ringe op imens. En samtale, der er i gang, fortsætter.',
  'maintenance.now':
    'Systemet bliver opdateret. Man kan ikke ringe op imens. En samtale, der er i gang, fortsætter.',
} as const
