// npm run sbom [-- FOLDER]: the bill of materials (CycloneDX) and the list of licences, to .build/sbom or FOLDER.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeSbom, toLicenceList } from './lib/sbom.mjs'
import { runMain } from './lib/problem.mjs'
import { ROOT } from './lib/run.mjs'

await runMain(async () => {
  const [folder] = process.argv.slice(2)
  const into = folder === undefined ? join(ROOT, '.build', 'sbom') : resolve(folder)
  const sbom = await makeSbom()
  await mkdir(into, { recursive: true })
  await writeFile(join(into, 'naervaer.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`)
  await writeFile(join(into, 'licences.md'), toLicenceList(sbom))
  console.log(
    `${String(sbom.components.length)} packages: naervaer.cdx.json, licences.md in ${into}`,
  )
  return 0
})
