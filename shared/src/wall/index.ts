export * from './day-schema.ts'
export * from './day.ts'
export * from './clock.ts'
export * from './holidays.ts'
