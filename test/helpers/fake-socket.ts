import type { ServerMessage } from '@naervaer/shared'

/** A socket without a network; `install` puts it where pages look for theirs. */
export class FakeSocket extends EventTarget {
  static readonly all: FakeSocket[] = []
  readonly sent: string[] = []
  isClosed = false

  constructor() {
    super()
    FakeSocket.all.push(this)
  }

  /** From now on; those of before are forgotten. */
  static install(): void {
    FakeSocket.all.length = 0
    Object.defineProperty(globalThis, 'WebSocket', { configurable: true, value: FakeSocket })
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1)
    if (socket === undefined) throw new Error('no socket')
    return socket
  }

  static get open(): readonly FakeSocket[] {
    return FakeSocket.all.filter(({ isClosed }) => !isClosed)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.isClosed = true
  }

  /** The server has let it in. */
  accept(): void {
    this.dispatchEvent(new Event('open'))
  }

  receive(message: ServerMessage): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }))
  }

  end(code: number): void {
    this.isClosed = true
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}
