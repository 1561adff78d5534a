export * from './is-quiet.ts'
