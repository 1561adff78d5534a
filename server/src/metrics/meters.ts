import { ATTEMPT_MISSES, CHECK_CODES } from '@naervaer/shared'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { DELIVERIES } from '../push/sender.ts'
import { VENDOR_NAMES } from '../push/vendor.ts'
import { RETENTION_CLASSES } from '../retention/classes.ts'

export type Meters = ReturnType<typeof makeMeters>

/**
 * Makes the series of a counter before anything has happened: the first time of something rare would otherwise
 * go unseen, since a series that begins with 1 has not grown.
 */
function startAtZero<L extends string>(
  counter: Counter<L>,
  all: readonly Readonly<Record<L, string>>[],
): Counter<L> {
  for (const labels of all) counter.inc(labels, 0)
  return counter
}

/**
 * The figures that operators watch, all with the prefix `naervaer_`. No label is anybody's: each has a few values
 * that this source names.
 */
export function makeMeters() {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `naervaer_${name}`, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name: `naervaer_${name}`, help, labelNames, registers })
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: L[] = [],
  ) => new Histogram({ name: `naervaer_${name}`, help, buckets, labelNames, registers })
  return {
    registry,
    info: gauge('build_info', 'Always 1; says which version runs.', ['version']),
    maintenance: gauge('maintenance', '1 while IT has announced that it works on the system.'),
    connections: gauge(
      'ws_connections',
      'Open sockets of citizens and workers; nobody else has one.',
      ['role'],
    ),
    wsRejected: counter('ws_rejected_total', 'Sockets refused before they were open.', ['reason']),
    callsActive: gauge('calls_active', 'Calls that ring or are talked in.'),
    calls: counter('calls_total', 'Calls that have ended.', ['outcome', 'reached', 'path']),
    setup: histogram(
      'call_setup_seconds',
      'From the answer to the first sound or picture.',
      [0.25, 0.5, 1, 2, 3, 5, 10, 20, 45],
    ),
    firstTries: startAtZero(
      counter(
        'first_try_total',
        'First attempts that technique decided: worked, or the one reason why not.',
        ['result'],
      ),
      ['worked', ...ATTEMPT_MISSES].map((result) => ({ result })),
    ),
    rtt: histogram(
      'media_rtt_seconds',
      'Round trip of the sound and picture, per leg and side.',
      [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8],
      ['path'],
    ),
    loss: histogram(
      'media_loss_ratio',
      'Lost packets of all, per leg and side.',
      [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3],
      ['path'],
    ),
    push: startAtZero(
      counter('push_total', 'What became of notices, per device.', ['service', 'result']),
      VENDOR_NAMES.flatMap((service) => DELIVERIES.map((result) => ({ service, result }))),
    ),
    pushAck: histogram(
      'push_ack_seconds',
      'From sending a notice until the device says that it shows it.',
      [0.5, 1, 2, 5, 10, 30, 60, 300, 3_600],
    ),
    errors: startAtZero(
      counter('error_total', 'Codes found by tests of devices.', ['code']),
      Object.keys(CHECK_CODES).map((code) => ({ code })),
    ),
    pairings: startAtZero(
      counter('pairing_total', 'Pairings of devices.', ['result']),
      ['paired', 'refused', 'locked'].map((result) => ({ result })),
    ),
    auth: counter('auth_total', 'Sign-ins.', ['method', 'result']),
    removed: startAtZero(
      counter('retention_deleted_total', 'Rows removed for their age.', ['class']),
      RETENTION_CLASSES.map((name) => ({ class: name })),
    ),
    auditWhole: gauge(
      'audit_chain_ok',
      '1 when the last look through the audit log found it whole, else 0.',
    ),
    backupAge: gauge(
      'backup_age_seconds',
      'Since the last backup; without limit while there is none. Only where backups are set up.',
    ),
    certificate: gauge(
      'cert_expiry_seconds',
      'Until the certificate ends: of the page, and of TURN over TLS.',
      ['name'],
    ),
    ready: gauge('ready', '1 while /ready says so, else 0.'),
    degraded: gauge('degraded', '1 for each part that does not work, else 0.', ['part']),
    databaseBytes: gauge('database_bytes', 'Size of the records and what is not yet merged in.'),
    databaseWrite: gauge('database_write_seconds', 'How long the last trial of writing took.'),
    diskFree: gauge('disk_free_ratio', 'Free space of the disk with DATA_DIR, of all.'),
  }
}
