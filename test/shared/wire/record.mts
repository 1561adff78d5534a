import { writeFile } from 'node:fs/promises'
import { readWire, recordFile } from './recorded.ts'

// With each release: what is recorded is what those who have it can read. See docs/decisions.
const wire = await readWire()
await writeFile(recordFile(wire.version), `${JSON.stringify(wire)}\n`)
