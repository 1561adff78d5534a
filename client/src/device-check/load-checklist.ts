import { page } from '../texts/page.ts'

/** `nv-checklist` with its texts: of use on a home visit only. */
export const loadChecklist = page(['staff', 'devices'], () => import('./nv-checklist.ts'))
