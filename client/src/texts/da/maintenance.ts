/** What everybody reads while IT works on the system. */
export const texts = {
  'maintenance.citizen.until':
    'Vi opdaterer appen indtil kl.\u00a0{time}. Ingen kan ringe til dig her imens.',
  'maintenance.citizen.now': 'Vi opdaterer appen. Ingen kan ringe til dig her imens.',
  'maintenance.staff.until':
    'Systemet bliver opdateret indtil kl.\u00a0{time}. Ingen kan ringe op imens. En samtale, der er i gang, fortsætter.',
  'maintenance.staff.now':
    'Systemet bliver opdateret. Ingen kan ringe op imens. En samtale, der er i gang, fortsætter.',
} as const
