import type { Role } from '@naervaer/shared'

/** A page of one's own. */
export interface OwnPage {
  readonly role: Role
  readonly view: 'citizens' | 'week' | 'home' | 'team' | 'it' | 'offers' | 'audit'
  readonly path: string
}

const PAGES: readonly OwnPage[] = [
  { role: 'worker', view: 'citizens', path: '/' },
  { role: 'citizen', view: 'home', path: '/' },
  { role: 'worker', view: 'week', path: '/min-uge' },
  { role: 'leader', view: 'team', path: '/team' },
  { role: 'authority', view: 'offers', path: '/offers' },
  { role: 'it', view: 'it', path: '/it' },
  { role: 'auditor', view: 'audit', path: '/audit' },
]

/** The addresses of all own pages. */
export const OWN_PATHS: readonly string[] = PAGES.map(({ path }) => path)

/** The pages of somebody with these roles, one for each address. */
export function listPages(roles: readonly Role[]): readonly OwnPage[] {
  const own = PAGES.filter(({ role }) => roles.includes(role))
  return own.filter(({ path }, index) => own.findIndex((each) => each.path === path) === index)
}
