import { transform, type Targets } from 'lightningcss'
import type { Plugin } from 'vite'

/** The oldest browsers of `build.target` es2022; without them newer spellings of media queries come out. */
const version = (major: number, minor = 0) => (major << 16) | (minor << 8)
const TARGETS: Targets = {
  chrome: version(94),
  firefox: version(93),
  safari: version(15, 4),
  ios_saf: version(15, 4),
}

/** Lit's. */
const TAGS: ReadonlySet<string> = new Set(['css', 'html', 'svg'])

/** A syntax tree's node, as far as it is looked at (ESTree). */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}
interface Quasi extends Node {
  readonly value: { readonly raw: string }
}
interface TaggedTemplate extends Node {
  readonly tag: Node & { readonly name?: string }
  readonly quasi: { readonly quasis: readonly Quasi[] }
}

/**
 * Takes out of templates what no browser reads: indentation, and in styles comments too. They are strings,
 * which nothing else makes smaller, and more than half of what a citizen's phone fetches first.
 */
export const leanTemplates: Plugin = {
  name: 'lean-templates',
  apply: 'build',
  // After the types are gone.
  enforce: 'post',
  transform: {
    filter: { id: /\/client\/src\/.*\.ts$/, code: /\b(css|html|svg)`/ },
    handler(code) {
      const changes: { readonly at: Node; readonly text: string }[] = []
      walk(this.parse(code), (node) => {
        if (node.type !== 'TaggedTemplateExpression') return
        const { tag, quasi } = node as TaggedTemplate
        const isWhole = quasi.quasis.length === 1
        const shorten = tag.name === 'css' ? minifyStyles : unindent
        // Half a rule is no rule.
        if (!TAGS.has(tag.name ?? '') || (tag.name === 'css' && !isWhole)) return
        for (const at of quasi.quasis) changes.push({ at, text: shorten(at.value.raw) })
      })
      let lean = ''
      let done = 0
      for (const { at, text } of changes.sort((a, b) => a.at.start - b.at.start)) {
        lean += code.slice(done, at.start) + text
        done = at.end
      }
      return { code: lean + code.slice(done), map: null }
    },
  },
}

function minifyStyles(raw: string): string {
  // An escape of JavaScript's would be read as one of CSS.
  if (/[\\$]/.test(raw)) return raw
  const code = Buffer.from(raw)
  const { code: lean } = transform({
    filename: 'element.css',
    code,
    minify: true,
    targets: TARGETS,
  })
  return lean.toString()
}

/** One break is as good as many blanks to HTML, and none would join words. */
const unindent = (raw: string): string => raw.replace(/\s*\n\s*/g, '\n')

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit)
  } else if (value instanceof Object) {
    if ('type' in value && 'start' in value) visit(value as Node)
    for (const each of Object.values(value)) walk(each, visit)
  }
}
