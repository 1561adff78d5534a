import { registerWorker } from './register-worker.ts'

/** What makes the page an app: late, since a first screen needs none of it. */
export function startShell(): void {
  registerWorker()
}
