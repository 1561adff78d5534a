import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { plainEnvironment } from '../e2e/support/child.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What may come with what we ship: MPL-2.0 as whole packages that are used unchanged. */
const ALLOWED_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'EUPL-1.2',
  'ISC',
  'MIT',
  'MPL-2.0',
]

interface Component {
  readonly name: string
  readonly purl: string
  readonly licenses?: readonly { license?: { id?: string; name?: string }; expression?: string }[]
}

interface Sbom {
  readonly bomFormat: string
  readonly specVersion: string
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
}

interface LockedPackage {
  readonly name?: string
  readonly version?: string
  readonly dev?: boolean
  readonly link?: boolean
}

/** What the lock file says is installed without development dependencies, our own parts included. */
function listLocked(): string[] {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
  // npm's own format.
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> }
  const names = Object.entries(packages)
    .filter(([path, { dev, link }]) => path !== '' && dev !== true && link !== true)
    .map(([path, { name, version = '' }]) => {
      return `${name ?? path.split('node_modules/').at(-1) ?? ''}@${version}`
    })
  return [...new Set(names)].sort()
}

const nameOf = ({ purl }: Component) => decodeURIComponent(purl.replace(/^pkg:npm\//, ''))

const folder = mkdtempSync(join(tmpdir(), 'naervaer-sbom-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
const { status, stderr } = spawnSync(process.execPath, ['scripts/sbom.mjs', folder], {
  cwd: ROOT,
  env: plainEnvironment(),
  encoding: 'utf8',
})
if (status !== 0) throw new Error(stderr)
const text = readFileSync(join(folder, 'naervaer.cdx.json'), 'utf8')
// What CycloneDX says of it; the tests below look at all that is used.
const sbom = JSON.parse(text) as Sbom

t.test('the bill of materials has every package that is shipped, and no other', (t) => {
  t.equal(sbom.bomFormat, 'CycloneDX')
  t.match(sbom.specVersion, /^1\.\d$/)
  t.equal(sbom.metadata.component.name, 'naervaer')
  const locked = listLocked()
  t.ok(locked.length > 100)
  t.strictSame([...new Set(sbom.components.map(nameOf))].sort(), locked)
  t.end()
})

t.test('it says nothing of where packages were fetched from', (t) => {
  const addresses = text.match(/https?:\/\/[^"\s]+/g) ?? []
  t.strictSame(
    addresses.filter((address) => !address.startsWith('http://cyclonedx.org/schema/')),
    [],
  )
  t.end()
})

t.test('each licence is one that we may ship with, and the documents name them', (t) => {
  const list = readFileSync(join(folder, 'licences.md'), 'utf8')
  for (const component of sbom.components) {
    const said = component.licenses?.map(
      ({ license, expression }) => expression ?? license?.id ?? license?.name,
    )
    t.ok(said?.length === 1 && ALLOWED_LICENCES.includes(said[0] ?? ''), nameOf(component))
    t.ok(list.includes(`- ${nameOf(component)}\n`), `${nameOf(component)} is in the list`)
  }
  const page = readFileSync(join(ROOT, 'docs', 'sbom.md'), 'utf8')
  for (const licence of ALLOWED_LICENCES) t.ok(page.includes(`\`${licence}\``), licence)
  t.end()
})
