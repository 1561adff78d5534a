import { serveShell } from './shell.ts'
import { tellOfRings } from './push.ts'
import { takeOverWhenTold } from './take-over.ts'

declare const self: ServiceWorkerGlobalScope

// Each part listens by itself, and all of them at once: events that woke the worker wait for nobody.
serveShell(NV_PRECACHE)
takeOverWhenTold(self)
tellOfRings(self)
