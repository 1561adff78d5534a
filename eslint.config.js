import { defineConfig, globalIgnores } from 'eslint/config'
import { configs as lit } from 'eslint-plugin-lit'
// @ts-expect-error -- this package brings no types
import litA11y from 'eslint-plugin-lit-a11y'
import { configs as wc } from 'eslint-plugin-wc'
import tseslint from 'typescript-eslint'
import { explicitJwt } from './scripts/lint/explicit-jwt.mjs'
import { importDirections } from './scripts/lint/import-directions.mjs'

const UNSAFE_TEMPLATES = 'Text is escaped by Lit; nothing here needs markup from a string.'

/** Names that are forbidden wherever they come from, with the reason shown. */
const unsafeTemplateImports = {
  paths: [
    { name: 'lit', importNames: ['unsafeCSS'], message: UNSAFE_TEMPLATES },
    { name: '@lit/reactive-element', importNames: ['unsafeCSS'], message: UNSAFE_TEMPLATES },
    { name: 'node:process', importNames: ['env'], message: 'Only server/src/config.ts reads it.' },
  ],
  patterns: [
    {
      regex: '^lit(-html)?/directives/(unsafe-html|unsafe-svg|unsafe-mathml)(\\.js)?$',
      message: UNSAFE_TEMPLATES,
    },
    {
      regex: '^@lit/reactive-element/css-tag',
      importNames: ['unsafeCSS'],
      message: UNSAFE_TEMPLATES,
    },
  ],
}

const processEnv = {
  object: 'process',
  property: 'env',
  message: 'Only server/src/config.ts reads the environment.',
}

export default defineConfig(
  globalIgnores(['**/node_modules/', '.build/', '.tap/', 'client/dist/', 'data/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,js,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: {
      naervaer: { rules: { 'import-directions': importDirections, 'explicit-jwt': explicitJwt } },
    },
    languageOptions: {
      parserOptions: {
        // What runs on Node outside its part's own sources belongs to none of their projects.
        projectService: {
          allowDefaultProject: [
            'client/vite.config.ts',
            'client/service-worker-build.ts',
            'client/lean-templates.ts',
            'client/lean-typebox.ts',
            'server/bin/naervaer.mjs',
          ],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'naervaer/explicit-jwt': 'error',
      'naervaer/import-directions': 'error',
      'no-restricted-imports': ['error', unsafeTemplateImports],
      // Numbers in texts and log lines are meant to be numbers; String() around each says nothing.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Handlers of a few words (() => this.#close()) read better without braces around them.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Time comes in as an argument (UnixMs).' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
        { object: 'globalThis', property: 'Date', message: 'Time comes in as an argument.' },
        processEnv,
      ],
    },
  },
  {
    files: ['server/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['server/src/config.ts'],
    rules: { 'no-restricted-properties': ['error', processEnv] },
  },
  {
    // Fastify loads only plugins that give a promise: `async` is how one that waits for nothing does.
    files: ['server/src/**/{plugin,routes,*-routes,serves}.ts', 'server/src/plugins/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['client/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/best-practice'], litA11y.configs.recommended],
    rules: {
      // LitElement always has the lifecycle callbacks, and the compiler knows it.
      'wc/guard-super-call': 'off',
      'no-restricted-properties': [
        'error',
        processEnv,
        { property: 'innerHTML', message: UNSAFE_TEMPLATES },
        { property: 'outerHTML', message: UNSAFE_TEMPLATES },
        { property: 'insertAdjacentHTML', message: UNSAFE_TEMPLATES },
      ],
    },
  },
  {
    // tap's own functions return promises that its runner awaits.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
  {
    // Plain JavaScript, which must run before anything is installed: its types come from JSDoc and
    // from packages without any, so the rules about `any` would only make noise.
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
)
