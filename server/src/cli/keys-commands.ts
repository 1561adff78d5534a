import type { Command } from './command.ts'
import { rotateTurn } from './keys/turn-command.ts'

export const KEYS_COMMANDS: readonly Command[] = [rotateTurn]
