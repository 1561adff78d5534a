import { spawn } from 'node:child_process'
import { chmod, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { collectAnswers } from '../../../server/src/cli/init/questions.ts'
import { makeTempFolder } from '../../e2e/support/temp-folder.ts'
import type { TestScope } from '../../e2e/support/test-scope.ts'
import { runCli } from '../../helpers/cli.ts'

const MAIN = fileURLToPath(new URL('../../../server/src/cli/main.ts', import.meta.url))

const GIVEN = ['--host', 'Video.Example.dk', '--email', 'it@example.dk', '--turn-address']
const ADDRESS = '203.0.113.10'

/** A folder as a clone of the project is one. */
async function makeCheckout(t: TestScope): Promise<string> {
  const folder = await makeTempFolder(t, 'init')
  await writeFile(join(folder, 'docker-compose.yml'), 'services: {}\n')
  return folder
}

const init = (folder: string, ...args: string[]) => runCli({}, 'init', '--to', folder, ...args)

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

t.test('O-05 with options: .env and secrets, with their modes, and what comes next', async (t) => {
  const folder = await makeCheckout(t)
  const made = await init(folder, ...GIVEN, ADDRESS, '--duty-phone', '12 34 56 78')
  t.equal(made.code, 0, made.stderr)
  t.match(made.stdout, 'docker compose up -d --build --wait')
  t.match(made.stdout, 'docker compose exec app naervaer admin create')
  t.match(made.stdout, 'secrets/master_key')
  const lines = (await readFile(join(folder, '.env'), 'utf8')).trim().split('\n')
  t.strictSame(lines.slice(1), [
    "PUBLIC_HOST='video.example.dk'",
    "TLS_MODE='acme'",
    "CONTACT_EMAIL='it@example.dk'",
    "TURN_ADDRESS='203.0.113.10'",
    "TURN_HOST_ADDRESS='203.0.113.10'",
    "DUTY_PHONE='12 34 56 78'",
    "MUNICIPALITY_NAME=''",
    "PRIVACY_URL=''",
    "ACCESSIBILITY_STATEMENT_URL=''",
  ])
  t.equal(await modeOf(join(folder, '.env')), '600')
  t.equal(await modeOf(join(folder, 'secrets')), '700')
  t.equal(await modeOf(join(folder, 'secrets/certs')), '755')
  const secrets = []
  for (const name of ['master_key', 'turn_secret', 'metrics_token', 'grafana_password']) {
    const path = join(folder, 'secrets', name)
    t.equal(await modeOf(path), '444')
    const secret = (await readFile(path, 'utf8')).trim()
    t.match(secret, /^[0-9a-f]{64}$/)
    t.notOk(made.stdout.includes(secret), 'it is printed nowhere')
    secrets.push(secret)
  }
  t.equal(new Set(secrets).size, 4)
  t.equal(await readFile(join(folder, 'secrets/oidc_client_secret'), 'utf8'), '')
})

t.test('nothing is written over, also where only one of the files is there', async (t) => {
  for (const there of ['.env', 'secrets/master_key']) {
    const folder = await makeCheckout(t)
    await mkdir(join(folder, 'secrets'))
    await writeFile(join(folder, there), 'mine')
    const again = await init(folder, ...GIVEN, ADDRESS, '--lang', 'en')
    t.equal(again.code, 1)
    t.match(again.stderr, `${there} is there already`)
    t.equal(await readFile(join(folder, there), 'utf8'), 'mine')
    const left = (await readdir(folder, { recursive: true })).sort()
    t.strictSame(left, ['docker-compose.yml', 'secrets', there].sort(), 'and nothing beside it')
  }
})

t.test(
  'after an upgrade: the secrets that are missing are added, and no other is touched',
  async (t) => {
    const folder = await makeCheckout(t)
    await mkdir(join(folder, 'secrets'))
    // As the versions before wrote them.
    const before = {
      '.env': "PUBLIC_HOST='a.dk'\n",
      'secrets/master_key': 'm',
      'secrets/turn_secret': 't',
    }
    for (const [path, text] of Object.entries(before)) await writeFile(join(folder, path), text)
    const added = await init(folder, '--lang', 'en')
    t.equal(added.code, 0, added.stderr)
    const named = 'secrets/oidc_client_secret, secrets/metrics_token, secrets/grafana_password'
    t.match(added.stdout, named)
    for (const [path, text] of Object.entries(before)) {
      t.equal(await readFile(join(folder, path), 'utf8'), text, `${path} is as it was`)
    }
    for (const name of ['metrics_token', 'grafana_password']) {
      const path = join(folder, 'secrets', name)
      t.equal(await modeOf(path), '444')
      const secret = (await readFile(path, 'utf8')).trim()
      t.match(secret, /^[0-9a-f]{64}$/)
      t.notOk(added.stdout.includes(secret))
    }
    const again = await init(folder)
    t.match(again, { code: 0, stdout: /Intet er ændret/ })
    const answered = await init(folder, '--host', 'b.dk')
    t.match(answered, { code: 2, stderr: /ret \.env/ })
    t.equal(await readFile(join(folder, '.env'), 'utf8'), before['.env'])
  },
)

t.test('what will not do is said with its option, and nothing is written', async (t) => {
  const refused = {
    host: [
      ['--host', '203.0.113.10'],
      ['--host', 'video'],
      ['--host', 'a.dk/path'],
    ],
    tls: [
      ['--tls', 'none'],
      ['--host', 'video.local', '--tls', 'acme'],
    ],
    email: [['--email', 'it']],
    'turn-address': [
      ['--turn-address', '127.0.0.1'],
      ['--turn-address', '0.0.0.0'],
      ['--turn-address', '2001:db8::1'],
      ['--turn-address', 'turn.example.dk'],
    ],
    'turn-host-address': [['--turn-host-address', '169.254.1.1']],
    'duty-phone': [['--duty-phone', 'ring']],
  }
  for (const [option, cases] of Object.entries(refused)) {
    for (const args of cases) {
      const folder = await makeCheckout(t)
      const { code, stderr } = await init(folder, ...GIVEN, ADDRESS, ...args)
      t.equal(code, 2, args.join(' '))
      t.match(stderr, `--${option}: `)
      t.strictSame(await readdir(folder), ['docker-compose.yml'])
    }
  }
})

t.test('a script that leaves something out is told which, and is not asked', async (t) => {
  const folder = await makeCheckout(t)
  const { code, stderr } = await init(folder, '--host', 'video.example.dk', '--lang', 'en')
  t.equal(code, 2)
  t.match(stderr, '--email is missing')
})

t.test('in a folder without the stack secrets would be lost: refused', async (t) => {
  const { code, stderr } = await init(await makeTempFolder(t, 'init'), ...GIVEN, ADDRESS)
  t.equal(code, 1)
  t.match(stderr, 'ingen docker-compose.yml')
})

t.test('a folder that may not be written to is said in one line', async (t) => {
  const folder = await makeCheckout(t)
  await writeFile(join(folder, 'secrets'), 'no folder')
  await chmod(join(folder, 'secrets'), 0o600)
  const { code, stderr } = await init(folder, ...GIVEN, ADDRESS, '--lang', 'en')
  t.equal(code, 1)
  t.match(stderr, /^naervaer: .*secrets.*\n$/)
})

t.test(
  'what should be known is said: a private address, a trial, no telephone, no texts',
  async (t) => {
    const folder = await makeCheckout(t)
    const { stdout } = await runCli(
      {},
      ...['init', '--to', folder, '--host', 'localhost', '--email', 'it@example.dk'],
      ...['--turn-address', '10.1.2.3', '--json'],
    )
    const { warnings } = JSON.parse(stdout) as { warnings: string[] }
    t.equal(warnings.length, 4)
  },
)

t.test('whoever is asked may be wrong, and takes what is offered by Enter', async (t) => {
  const said = [
    'https://Video.example.dk/',
    '',
    'it',
    'it@example.dk',
    '1.2.3',
    ADDRESS,
    '10.0.0.4',
    '',
    "O'Hara",
    'Nordby Kommune',
    'http://www.example.dk/privacy',
    'https://www.example.dk/privacy',
    '',
  ]
  const asked: string[] = []
  const answers = await collectAnswers(
    {},
    (question) => {
      asked.push(question)
      return Promise.resolve(said.shift() ?? null)
    },
    'en',
  )
  t.strictSame(answers, {
    PUBLIC_HOST: 'video.example.dk',
    TLS_MODE: 'acme',
    CONTACT_EMAIL: 'it@example.dk',
    TURN_ADDRESS: ADDRESS,
    TURN_HOST_ADDRESS: '10.0.0.4',
    DUTY_PHONE: '',
    MUNICIPALITY_NAME: 'Nordby Kommune',
    PRIVACY_URL: 'https://www.example.dk/privacy',
    ACCESSIBILITY_STATEMENT_URL: '',
  })
  t.match(asked[1], '[acme]')
  t.match(asked[3], 'It must be an e-mail address')
  t.match(asked[6], `[${ADDRESS}]`)
  t.match(asked[9], 'at most 60 characters', 'a sign that would end the value')
  t.match(asked[11], 'begins with https://')
})

/** At a terminal, as somebody in IT sits at one. */
function atTerminal(
  folder: string,
  typed: string,
): Promise<{ code: number | null; screen: string }> {
  const command = `${process.execPath} ${MAIN} init --to ${folder}`
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'pipe'] })
  let screen = ''
  let answeredAt = 0
  const left = typed.split('')
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk
    // A line is typed when it is asked for: each question ends so.
    const text = stripVTControlCharacters(screen)
    if (!text.endsWith(': ') || text.length === answeredAt) return
    answeredAt = text.length
    let line = ''
    while (left.length > 0 && !line.endsWith('\n')) line += left.shift() ?? ''
    child.stdin.write(line)
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, screen }))
  })
}

t.test('at a terminal it asks, in Danish or English', async (t) => {
  const folder = await makeCheckout(t)
  const typed = `en\nvideo.example.dk\n\nit@example.dk\n${ADDRESS}\n\n12 34 56 78\nNordby Kommune\n\n\n`
  const { code, screen } = await atTerminal(folder, typed)
  t.equal(code, 0, screen)
  t.match(screen, 'The name that everybody opens')
  t.match(await readFile(join(folder, '.env'), 'utf8'), "DUTY_PHONE='12 34 56 78'")
  t.match(await readFile(join(folder, '.env'), 'utf8'), "MUNICIPALITY_NAME='Nordby Kommune'")
  t.match(screen, 'by law', 'and that the texts are missing')
})

t.test('whoever leaves in the middle leaves nothing', async (t) => {
  const folder = await makeCheckout(t)
  const { code, screen } = await atTerminal(folder, '\nvideo.example.dk\n\u0004')
  t.equal(code, 2)
  t.match(screen, 'Intet er skrevet')
  t.strictSame(await readdir(folder), ['docker-compose.yml'])
})
