import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { makeMeters } from '../../server/src/metrics/meters.ts'
import { promtool } from '../helpers/promtool.ts'

const OPS = join(import.meta.dirname, '../../ops/metrics')
const RULES = join(OPS, 'alerts.yml')

/** Of Node's own figures, those that are shown. */
const FOREIGN = new Set(['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'up'])

/** Series that a figure has: a histogram has three. */
async function listSeries(): Promise<Set<string>> {
  const all = await makeMeters().registry.getMetricsAsJSON()
  return new Set(
    all.flatMap(({ name, type }) =>
      String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  )
}

/** The names of series in an expression. */
const namesIn = (text: string): string[] => [
  ...new Set(text.match(/\b(?:naervaer|process|nodejs)_\w+|\bup(?=\{)/g) ?? []),
]

t.test('O-13 each alert fires when it should, and not otherwise', async (t) => {
  const rules = await readFile(RULES, 'utf8')
  const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name)
  t.equal(names.length, 10)
  const tests = join(import.meta.dirname, 'alerts.test.yml')
  const text = await readFile(tests, 'utf8')
  for (const name of names) t.match(text, `alertname: ${name}\n`, `${name} is tried`)
  t.match(await promtool('check', 'rules', RULES), /SUCCESS/)
  t.match(await promtool('test', 'rules', tests), /SUCCESS/)
  t.match(await promtool('check', 'config', '--syntax-only', join(OPS, 'prometheus.yml')), /valid/)
})

t.test('alerts and the dashboard ask for figures that there are', async (t) => {
  const series = await listSeries()
  const dashboard = await readFile(join(OPS, 'grafana/dashboards/naervaer.json'), 'utf8')
  const { panels } = JSON.parse(dashboard) as {
    panels: { title: string; targets: { expr: string }[] }[]
  }
  const asked = panels.flatMap(({ title, targets }) =>
    targets.flatMap(({ expr }) => namesIn(expr).map((name) => [title, name] as const)),
  )
  t.ok(asked.length > 20)
  for (const [title, name] of asked)
    t.ok(series.has(name) || FOREIGN.has(name), `${title}: ${name}`)
  const rules = await readFile(RULES, 'utf8')
  for (const [, expr = ''] of rules.matchAll(/expr: ([\s\S]*?)\n +(?:for|labels):/g)) {
    for (const name of namesIn(expr)) t.ok(series.has(name) || FOREIGN.has(name), name)
  }
})
