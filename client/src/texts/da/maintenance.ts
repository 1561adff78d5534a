/** What everybody reads while IT works on the system. */
export const texts = {
  'maintenance.until':
    'Systemet bliver opdateret indtil kl.\u00a0{time}. En samtale, der er i gang, fortsætter.',
  'maintenance.now': 'Systemet bliver opdateret. En samtale, der er i gang, fortsætter.',
} as const
