export * from './day.ts'
export * from './clock.ts'
