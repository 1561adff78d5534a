import type { Check } from './check.ts'
import { configurationCheck } from './checks/01-configuration.ts'
import { namesCheck } from './checks/02-names.ts'
import { tlsCheck } from './checks/03-tls.ts'
import { socketsCheck } from './checks/04-sockets.ts'
import { headersCheck } from './checks/05-headers.ts'
import { relayCheck } from './checks/06-relay.ts'
import { abuseCheck } from './checks/07-abuse.ts'
import { relayRangeCheck } from './checks/08-relay-range.ts'
import { pushCheck } from './checks/09-push.ts'
import { clockCheck } from './checks/10-clock.ts'
import { diskCheck } from './checks/11-disk.ts'
import { backupCheck } from './checks/12-backup.ts'
import { workAccountsCheck } from './checks/13-work-accounts.ts'
import { filesCheck } from './checks/14-files.ts'
import { schemaCheck } from './checks/15-schema.ts'
import { timeZoneCheck } from './checks/16-time-zone.ts'
import { textsCheck } from './checks/17-texts.ts'
import { hardeningCheck } from './checks/18-hardening.ts'
import { versionsCheck } from './checks/19-versions.ts'
import { retentionCheck } from './checks/20-retention.ts'

/** In the order of their numbers, which stay. */
export const CHECKS: readonly Check[] = [
  configurationCheck,
  namesCheck,
  tlsCheck,
  socketsCheck,
  headersCheck,
  relayCheck,
  abuseCheck,
  relayRangeCheck,
  pushCheck,
  clockCheck,
  diskCheck,
  backupCheck,
  workAccountsCheck,
  filesCheck,
  schemaCheck,
  timeZoneCheck,
  textsCheck,
  hardeningCheck,
  versionsCheck,
  retentionCheck,
]
