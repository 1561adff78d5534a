import { draw } from './icons.ts'

export const copyIcon = draw('M9 8.5h10.5v12H9zM15 8.5v-5H4.5v12H9')
