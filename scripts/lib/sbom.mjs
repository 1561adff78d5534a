import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Problem } from './problem.mjs'
import { ROOT, run, tellingLine } from './run.mjs'

/**
 * @typedef {{ license?: { id?: string, name?: string }, expression?: string }} Licence
 * @typedef {{ 'bom-ref': string, name: string, version: string, purl: string, licenses?: Licence[], externalReferences?: unknown[] }} Component
 * @typedef {{ bomFormat: string, specVersion: string, metadata: { component: Component }, components: Component[] }} Sbom
 */

/**
 * What the server and the client are made of, by the lock file and without development dependencies; where packages
 * were fetched from is left out, for it says something of whoever made the list and nothing of what is in it.
 *
 * @returns {Promise<Sbom>} in CycloneDX
 */
export async function makeSbom() {
  const folder = await mkdtemp(join(tmpdir(), 'naervaer-sbom-'))
  try {
    await writeShipped(folder)
    const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx']
    const { code, output } = await run(
      'npm',
      [...args, '--loglevel', 'error', '--prefix', folder],
      {
        output: 'keep',
      },
    )
    if (code !== 0) throw new Problem(`npm sbom failed: ${tellingLine(output)}`)
    /** @type {Sbom} */
    const sbom = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
    // npm calls the whole after the folder in which it lies.
    sbom.metadata.component.name = 'naervaer'
    for (const component of sbom.components) delete component.externalReferences
    delete sbom.metadata.component.externalReferences
    return sbom
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The package files as if there were no development dependencies. npm's own `--omit dev` also leaves out packages of
 * which a development dependency needs another copy, such as minimatch's.
 *
 * @param {string} folder
 */
async function writeShipped(folder) {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'))
  const packages = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true)
  for (const [, each] of packages) delete each.devDependencies
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }),
  )
  for (const path of ['.', ...lock.packages[''].workspaces]) {
    const text = await readFile(join(ROOT, path, 'package.json'), 'utf8')
    const file = join(folder, path, 'package.json')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify({ ...JSON.parse(text), devDependencies: undefined }))
  }
}

/**
 * The licence of a package as it says itself; several are joined with commas, none is an empty string.
 *
 * @param {Component} component
 * @returns {string}
 */
function nameLicence({ licenses = [] }) {
  return licenses
    .map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '')
    .join(', ')
}

/**
 * A package's name with its scope, and its version, as in `@lit/context@1.1.6`.
 *
 * @param {Component} component
 * @returns {string}
 */
function namePackage({ purl }) {
  return decodeURIComponent(purl.replace(/^pkg:npm\//, '').replace(/[?#].*$/, ''))
}

/**
 * @param {Sbom} sbom
 * @returns {string} Markdown: each licence with its packages
 */
export function toLicenceList({ components }) {
  /** @type {Map<string, string[]>} */
  const byLicence = new Map()
  for (const component of components) {
    const licence = nameLicence(component)
    byLicence.set(licence, [...(byLicence.get(licence) ?? []), namePackage(component)])
  }
  const parts = [...byLicence].sort(([a], [b]) => a.localeCompare(b))
  const sections = parts.map(([licence, names]) =>
    [`## ${licence}`, '', ...names.sort().map((name) => `- ${name}`), ''].join('\n'),
  )
  return `# Licences\n\n${sections.join('\n')}`
}
