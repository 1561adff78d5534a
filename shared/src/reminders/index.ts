export * from './due.ts'
export * from './decide.ts'
