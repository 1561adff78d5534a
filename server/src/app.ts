import { dirname } from 'node:path'
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { PROTOCOL_VERSION } from '@naervaer/shared'
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { demoRoutes } from './accounts/demo-routes.ts'
import { absencePlugin } from './absence/plugin.ts'
import { absenceRoutes } from './absence/routes.ts'
import { accountsPlugin } from './accounts/plugin.ts'
import { ownSessionRoutes } from './accounts/own-session-routes.ts'
import { sessionRoutes } from './accounts/routes.ts'
import { servesPlugin } from './accounts/serves.ts'
import { demoAppointments } from './appointments/demo.ts'
import { appointmentsPlugin } from './appointments/plugin.ts'
import { appointmentRoutes } from './appointments/routes.ts'
import { appShellPlugin } from './app-shell/plugin.ts'
import { aroundPlugin } from './around/plugin.ts'
import { aroundRoutes } from './around/routes.ts'
import { copyBeforeMigration } from './backup/copy-before-migration.ts'
import { oldCopiesPlugin } from './backup/plugin.ts'
import { auditPlugin } from './audit/plugin.ts'
import { auditRoutes } from './administration/audit-routes.ts'
import { authorityRoutes } from './administration/authority-routes.ts'
import { itRoutes } from './administration/it-routes.ts'
import { leaderRoutes } from './administration/leader-routes.ts'
import { administrationPlugin } from './administration/plugin.ts'
import { makeCallHandlers } from './calls/handlers.ts'
import { calendarFeedPlugin } from './calendar-feed/plugin.ts'
import { feedRoutes, ownFeedRoutes } from './calendar-feed/routes.ts'
import { callsPlugin } from './calls/plugin.ts'
import { demoChoices } from './choice/demo.ts'
import { choicePlugin } from './choice/plugin.ts'
import { callsRoutes } from './calls/routes.ts'
import { choiceRoutes } from './choice/routes.ts'
import type { Config } from './config.ts'
import { deviceCheckPlugin } from './device-check/plugin.ts'
import { checkRoutes, publicCheckRoutes } from './device-check/routes.ts'
import { deviceDeskPlugin } from './device-desk/plugin.ts'
import { deviceDeskRoutes } from './device-desk/routes.ts'
import { homePlugin } from './home/plugin.ts'
import { homeRoutes } from './home/routes.ts'
import { knownTimePlugin } from './health/known-time.ts'
import { partsPlugin } from './health/plugin.ts'
import { healthRoutes } from './health/routes.ts'
import { maintenancePlugin } from './maintenance/plugin.ts'
import { metricsPlugin } from './metrics/plugin.ts'
import { municipalityRoutes } from './municipality/routes.ts'
import { oidcPlugin } from './oidc/plugin.ts'
import { makeLoggerOptions } from './logger.ts'
import { deviceRoutes } from './pairing/device-routes.ts'
import { pairingPlugin } from './pairing/plugin.ts'
import { devicesRoutes } from './pairing/signed-in-routes.ts'
import { CLIENT_DIST, clientFilesPlugin } from './plugins/client-files.ts'
import { clockPlugin, systemClock, type Clock } from './plugins/clock.ts'
import { databasePlugin } from './plugins/database.ts'
import { errorsPlugin, makeProblem, sendProblem } from './plugins/errors.ts'
import { rateLimitPlugin } from './plugins/rate-limit.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { listSecurityHeaders } from './plugins/security-headers.ts'
import { securityPlugin } from './plugins/security.ts'
import { stoppingPlugin } from './plugins/stopping.ts'
import { websocketPlugin } from './plugins/websocket.ts'
import { presencePlugin } from './presence/plugin.ts'
import { phonesPlugin } from './phones/plugin.ts'
import { phonesRoutes } from './phones/routes.ts'
import { protectionPlugin } from './protection/plugin.ts'
import { protectionRoutes } from './protection/routes.ts'
import { pushPlugin } from './push/plugin.ts'
import { noticeRoutes, pushRoutes } from './push/routes.ts'
import { quietPlugin } from './quiet/plugin.ts'
import { quietRoutes } from './quiet/routes.ts'
import { remindersPlugin } from './reminders/plugin.ts'
import { reminderRoutes } from './reminders/routes.ts'
import { retentionPlugin } from './retention/plugin.ts'
import { secretsPlugin } from './secrets/plugin.ts'
import { invitationRoutes } from './sign-in/invitation-routes.ts'
import { passkeyRoutes } from './sign-in/passkey-routes.ts'
import { signInPlugin } from './sign-in/plugin.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { signallingPlugin } from './signalling/plugin.ts'
import { techReportsPlugin } from './tech-reports/plugin.ts'
import { newReportRoutes, reportRoutes } from './tech-reports/routes.ts'
import { travelPlugin } from './travel/plugin.ts'
import { travelRoutes } from './travel/routes.ts'
import { turnPlugin } from './turn/plugin.ts'

/** The addresses at which the client has a page. */
const PAGES = [
  '/',
  '/start',
  '/devices',
  '/opkald',
  '/besked',
  '/svar',
  '/mine-valg',
  '/lyd-og-billede',
  '/min-uge',
  '/oeveopkald',
  '/test',
  '/om',
  '/team',
  '/it',
  '/offers',
  '/audit',
  '/lookups',
  '/sign-in',
  '/sign-in/refused',
  '/invitation',
  '/passkeys',
  '/sessions',
]

export interface AppOptions {
  readonly config: Config
  readonly clock?: Clock
  /** Instead of the file in `DATA_DIR`; `:memory:` for tests. */
  readonly databaseFile?: string
  /** Where the built client is. */
  readonly clientRoot?: string
  /** Lifts the rate limit of sockets, for tests of what lies behind it. */
  readonly isUnlimited?: boolean
  /** The server's version of the protocol, where it is to be another than this source's. */
  readonly protocolVersion?: number
  /** Sockets from one address, where it is not the usual limit. */
  readonly maxPerAddress?: number
}

/** The whole server, ready to listen: the table of contents of its rooms and of who may enter them. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config } = options
  const app = Fastify(makeServerOptions(config))
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(TypeBoxValidatorCompiler)
  try {
    await registerRooms(app, options)
    return app
  } catch (error) {
    await app.close()
    throw error
  }
}

async function registerRooms(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { config } = options
  await app.register(clockPlugin, { clock: options.clock ?? systemClock })
  await app.register(errorsPlugin)
  await app.register(requestLogPlugin)
  await app.register(rateLimitPlugin)
  await app.register(securityPlugin, { config })
  await app.register(stoppingPlugin)
  await app.register(websocketPlugin, {
    protocolVersion: options.protocolVersion ?? PROTOCOL_VERSION,
  })
  const databaseFile = options.databaseFile ?? config.databaseFile
  const isKept = databaseFile !== ':memory:'
  await app.register(partsPlugin, { config, isKept })
  const at = { ...config, databaseFile, dataDir: dirname(databaseFile) }
  await app.register(databasePlugin, {
    file: databaseFile,
    config,
    keepOlder: (database) => copyBeforeMigration(database, at, app.clock.now()),
  })
  await app.register(knownTimePlugin)
  if (isKept) await app.register(oldCopiesPlugin, { config: at })
  await app.register(secretsPlugin, { config, isKept })
  await app.register(auditPlugin, { config })
  await app.register(accountsPlugin, { config })
  await app.register(servesPlugin)
  await app.register(signInPlugin, { config })
  await app.register(oidcPlugin, { config })
  await app.register(presencePlugin)
  await app.register(maintenancePlugin, { dataDir: config.dataDir })
  await app.register(turnPlugin, { config })
  await app.register(choicePlugin)
  await app.register(protectionPlugin)
  await app.register(pushPlugin, { config })
  await app.register(quietPlugin)
  await app.register(phonesPlugin)
  await app.register(callsPlugin)
  await app.register(appointmentsPlugin, { config })
  await app.register(remindersPlugin)
  await app.register(homePlugin)
  await app.register(absencePlugin)
  await app.register(calendarFeedPlugin, { config })
  await app.register(aroundPlugin)
  await app.register(travelPlugin)
  await app.register(administrationPlugin)
  await app.register(pairingPlugin, { config })
  await app.register(deviceCheckPlugin)
  await app.register(deviceDeskPlugin, { clientRoot: options.clientRoot ?? CLIENT_DIST })
  await app.register(retentionPlugin, { config })
  await app.register(metricsPlugin, { config, databaseFile })
  await app.register(techReportsPlugin, { clientRoot: options.clientRoot ?? CLIENT_DIST })
  app.choice.onWithdrawn((citizenId) => app.pairings.closeAllOf(citizenId))
  app.choice.onWithdrawn((citizenId, actor) => app.devices.revokeAllOf(citizenId, actor))
  app.appointments.warnings.usePaired(async (id) => (await app.devices.listOf(id)).length > 0)
  app.devices.onRevoked((deviceId) => app.push.forgetDevice(deviceId))
  await app.choice.restoreStops()
  await app.register(publicScope, options)
  await app.register(signedInScope, options)
}

/** Whoever asks. */
async function publicScope(
  app: FastifyInstance,
  { config, clientRoot }: AppOptions,
): Promise<void> {
  await app.register(healthRoutes, { config })
  await app.register(sessionRoutes, { config })
  await app.register(municipalityRoutes, { config })
  await app.register(demoRoutes, { config })
  await app.register(demoChoices, { config })
  await app.register(demoAppointments, { config })
  await app.register(signInRoutes, { config })
  await app.register(invitationRoutes)
  await app.register(deviceRoutes, { config })
  await app.register(noticeRoutes)
  await app.register(feedRoutes)
  await app.register(publicCheckRoutes, { config })
  await app.register(newReportRoutes)
  const root = clientRoot ?? CLIENT_DIST
  await app.register(appShellPlugin, { config, clientRoot: root })
  await app.register(clientFilesPlugin, {
    root,
    pages: config.isDemo ? [...PAGES, '/demo'] : PAGES,
  })
}

/** Only people with a session; each route says with which roles. */
async function signedInScope(
  app: FastifyInstance,
  { config, isUnlimited, maxPerAddress, protocolVersion }: AppOptions,
): Promise<void> {
  await app.register(leaderRoutes)
  await app.register(itRoutes)
  await app.register(authorityRoutes)
  await app.register(auditRoutes)
  await app.register(callsRoutes)
  await app.register(choiceRoutes)
  await app.register(protectionRoutes)
  await app.register(quietRoutes)
  await app.register(phonesRoutes)
  await app.register(homeRoutes)
  await app.register(appointmentRoutes)
  await app.register(reminderRoutes)
  await app.register(absenceRoutes)
  await app.register(ownFeedRoutes, { config })
  await app.register(devicesRoutes)
  await app.register(pushRoutes)
  await app.register(aroundRoutes)
  await app.register(travelRoutes)
  await app.register(checkRoutes)
  await app.register(deviceDeskRoutes)
  await app.register(reportRoutes)
  await app.register(passkeyRoutes)
  await app.register(ownSessionRoutes)
  await app.register(signallingPlugin, {
    config,
    handlers: makeCallHandlers(app.calls),
    loadSnapshot: async (connection) => {
      const people = await app.choice.withChoices(connection, await app.loadOwnPeople(connection))
      const safe = await app.protection.withProtection(connection, people)
      const quiet = await app.quiet.withQuiet(connection, safe)
      const reached = await app.phones.withPhones(connection, quiet)
      const appointed = await app.appointments.withAppointments(reached)
      const planned = await app.reminders.withReached(appointed)
      const whole = await app.home.withHome(connection, planned)
      app.calls.tellWishes(connection)
      return {
        ...whole,
        call: app.calls.findCallView(connection),
        maintenance: app.maintenance.now,
      }
    },
    hasSeat: (connection) => app.calls.hasSeat(connection),
    isUnlimited: isUnlimited ?? false,
    protocolVersion: protocolVersion ?? PROTOCOL_VERSION,
    ...(maxPerAddress === undefined ? {} : { maxPerAddress }),
  })
}

function makeServerOptions(config: Config): FastifyServerOptions {
  const headers = listSecurityHeaders(config)
  const options: FastifyServerOptions = {
    logger: makeLoggerOptions(config),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    return503OnClosing: false,
    // What is not even HTTP is answered without Fastify, and has its headers all the same.
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify(makeProblem('BODY_INVALID'))
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      if (!socket.writable) return
      socket.end(
        `HTTP/1.1 400 Bad Request\r\n${lines.join('\r\n')}\r\nconnection: close\r\n` +
          `content-type: application/problem+json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      )
    },
    // An address that cannot be read is refused before any hook has run. So nothing else ends its socket
    // where an upgrade was asked for, and Node has given it away.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers)
      const isUpgrade = request.headers.upgrade !== undefined
      if (isUpgrade) reply.raw.once('finish', () => request.raw.socket.destroySoon())
      void sendProblem(error, request, reply)
    },
  }
  return config.tls === null ? options : { ...options, ...{ https: config.tls } }
}
