import type { FastifyInstance } from 'fastify'

/** What `/metrics` says now, asked from this machine. */
export async function readMetrics(
  app: FastifyInstance,
  headers: Record<string, string> = {},
): Promise<Metrics> {
  const answer = await app.inject({ url: '/metrics', headers })
  return new Metrics(answer.statusCode, answer.body)
}

export class Metrics {
  readonly status: number
  readonly text: string

  constructor(status: number, text: string) {
    this.status = status
    this.text = text
  }

  /**
   * The value of one series, such as `calls_total{outcome="missed"}`: the labels that are named must be so, others may be
   * anything, and several series are added up. 0 where there is none.
   */
  value(series: string): number {
    const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(series) ?? []
    const wanted = labels === '' ? [] : labels.split(',')
    return this.text
      .split('\n')
      .filter((line) => new RegExp(`^naervaer_${name}[{ ]`).test(line))
      .filter((line) => wanted.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }
}
