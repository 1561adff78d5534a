export * from './due.ts'
export * from './decide.ts'
export * from './news.ts'
