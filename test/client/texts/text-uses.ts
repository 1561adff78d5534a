import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import ts from 'typescript'

/** The one file that imports what has no name in our source: scripts that speak no sentence. */
const NAMELESS = '/call/link/import-at.ts'

/** A dynamic import, and the parts of the texts that its `page(…)` fetches with it. */
interface Later {
  readonly file: string
  readonly parts: readonly string[]
}

/** What one module needs and says. */
export interface ModuleUses {
  readonly imports: readonly string[]
  readonly later: readonly Later[]
  /** Every string in it that is a key of a text, whatever it is used for; but not the names of properties. */
  readonly keys: ReadonlySet<string>
  /** Lines of calls of `t` that run as soon as the module is there, when no text need be. */
  readonly hasty: readonly number[]
}

/** Reads one module of the client's source. */
export function readUses(file: string, isKey: (text: string) => boolean): ModuleUses {
  const text = readFileSync(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const imports: string[] = []
  const later: Later[] = []
  const keys = new Set<string>()
  const hasty: number[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== null) {
      // A file that is taken in as text has no uses.
      if (specifier.startsWith('.') && !specifier.endsWith('?raw'))
        imports.push(resolve(dirname(file), specifier))
      return
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments
      const isNamed = target !== undefined && ts.isStringLiteral(target)
      if (!isNamed && !file.endsWith(NAMELESS)) throw new Error(`${file}: ${node.getText()}`)
      if (isNamed && target.text.startsWith('.'))
        later.push({ file: resolve(dirname(file), target.text), parts: partsAround(node) })
    }
    if (ts.isStringLiteralLike(node) && !isName(node) && isKey(node.text)) keys.add(node.text)
    if (ts.isTemplateExpression(node) && isCallOfT(node.parent)) keys.add(`${node.head.text}*`)
    if (isCallOfT(node) && !runsLater(node))
      hasty.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { imports, later, keys, hasty }
}

/** The name of a property says nothing: actions of the audit log are called much like sentences. */
const isName = (node: ts.Node): boolean =>
  ts.isPropertyAssignment(node.parent) && node.parent.name === node

const isCallOfT = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 't'

/** Where a static import or re-export of values leads; types are gone when it runs. */
function specifierOf(node: ts.Node): string | null {
  const isTypes = ts.isImportDeclaration(node)
    ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : ts.isExportDeclaration(node) && node.isTypeOnly
  if (isTypes || !(ts.isImportDeclaration(node) || ts.isExportDeclaration(node))) return null
  const specifier = node.moduleSpecifier
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : null
}

/** The first argument of the `page([…], () => import(…))` around an import. */
function partsAround(node: ts.Node): readonly string[] {
  const arrow = node.parent
  const call = arrow.parent
  if (!ts.isArrowFunction(arrow) || !ts.isCallExpression(call)) return []
  const [parts] = call.arguments
  if (call.expression.getText() !== 'page' || parts === undefined) return []
  if (!ts.isArrayLiteralExpression(parts)) throw new Error(call.getText())
  return parts.elements.filter(ts.isStringLiteral).map((part) => part.text)
}

/** Inside a function, or a field of a class, which are run when somebody makes or calls it. */
function runsLater(node: ts.Node): boolean {
  for (let around = node.parent; !ts.isSourceFile(around); around = around.parent) {
    if (ts.isFunctionLike(around)) return true
    if (!ts.isPropertyDeclaration(around)) continue
    return !(around.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  }
  return false
}
