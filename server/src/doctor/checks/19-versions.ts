import { failure, ok, onlyFromInside, type Check } from '../check.ts'
import { KNOWN_FLAWS, type KnownFlaw } from '../known-flaws.ts'

/** No program is used in a version of which a weakness is known. */
export const versionsCheck: Check = {
  number: 19,
  name: { da: 'Kendte sårbarheder', en: 'Known weaknesses' },
  isFromOutside: false,
  run({ isOutside, versions }) {
    if (isOutside) return Promise.resolve([onlyFromInside()])
    const hits = KNOWN_FLAWS.filter((flaw) => isHit(flaw, versions[flaw.program] ?? ''))
    const list = Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
    if (hits.length === 0) {
      return Promise.resolve([
        ok('VERSIONS_OK', { da: `${list}: ingen på listen.`, en: `${list}: none on the list.` }),
      ])
    }
    return Promise.resolve(
      hits.map(({ program, fixedIn, id }) =>
        failure(
          'VERSION_WEAK',
          {
            da: `${program} ${versions[program] ?? ''} har en kendt sårbarhed (${id}).`,
            en: `${program} ${versions[program] ?? ''} has a known weakness (${id}).`,
          },
          { da: `Opdatér til ${fixedIn} eller nyere.`, en: `Update to ${fixedIn} or later.` },
        ),
      ),
    )
  },
}

function isHit({ line, fixedIn }: KnownFlaw, version: string): boolean {
  if (version === '' || (line !== undefined && version.split('.')[0] !== line)) return false
  return compare(version, fixedIn) < 0
}

/** Below 0 where the first is the older one. */
function compare(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)]
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0))
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
