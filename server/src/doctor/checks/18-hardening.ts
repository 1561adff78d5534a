import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, onlyFromInside, unseen, warning, type Check, type Finding } from '../check.ts'

const ROOT_UID = 0

/** The process may do no more than it needs. */
export const hardeningCheck: Check = {
  number: 18,
  name: { da: 'Containerens rettigheder', en: 'Rights of the container' },
  isFromOutside: false,
  async run({ isOutside, procRoot }) {
    if (isOutside) return [onlyFromInside()]
    const status = await readFile(join(procRoot, 'self/status'), 'utf8').catch(() => null)
    const mounts = await readFile(join(procRoot, 'self/mounts'), 'utf8').catch(() => null)
    if (status === null || mounts === null) {
      return [
        unseen('HARDENING_UNKNOWN', {
          da: 'Kernen siger intet om det.',
          en: 'The kernel does not tell.',
        }),
      ]
    }
    const findings = listWeak(status, mounts)
    if (findings.length > 0) return findings
    return [
      ok('HARDENING_OK', {
        da: 'Ikke root, ingen capabilities, og filsystemet er skrivebeskyttet.',
        en: 'Not root, no capabilities, and the file system is read-only.',
      }),
    ]
  },
}

function listWeak(status: string, mounts: string): Finding[] {
  const read = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
  const root = mounts.split('\n').find((line) => line.split(' ')[1] === '/')
  const isReadOnly = root?.split(' ')[3]?.split(',').includes('ro') === true
  const findings: Finding[] = []
  const weak = (code: string, da: string, en: string, todoDa: string, todoEn: string) =>
    findings.push(warning(code, { da, en }, { da: todoDa, en: todoEn }))
  if (Number(read('Uid')) === ROOT_UID) {
    weak(
      'RUNS_AS_ROOT',
      'Processen kører som root.',
      'The process runs as root.',
      'Sæt user: i compose-filen.',
      'Set user: in the compose file.',
    )
  }
  if (!/^0+$/.test(read('CapEff'))) {
    weak(
      'HAS_CAPABILITIES',
      'Processen har capabilities.',
      'The process has capabilities.',
      'Sæt cap_drop: [ALL].',
      'Set cap_drop: [ALL].',
    )
  }
  if (read('NoNewPrivs') !== '1') {
    weak(
      'MAY_GAIN_RIGHTS',
      'Processen kan få flere rettigheder.',
      'The process can gain rights.',
      'Sæt security_opt: no-new-privileges:true.',
      'Set security_opt: no-new-privileges:true.',
    )
  }
  if (!isReadOnly) {
    weak(
      'ROOT_WRITABLE',
      'Filsystemet kan ændres.',
      'The file system can be changed.',
      'Sæt read_only: true og tmpfs: /tmp.',
      'Set read_only: true and tmpfs: /tmp.',
    )
  }
  return findings
}
