import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A colour as a canvas gives it: red, green and blue from 0 to 255. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** Colours far enough apart to be told from each other after compression. */
export const COLOURS = {
  blue: { red: 40, green: 70, blue: 190 },
  orange: { red: 210, green: 120, blue: 40 },
  green: { red: 40, green: 150, blue: 70 },
} as const satisfies Record<string, Colour>

interface Size {
  readonly width: number
  readonly height: number
}

/** How a camera's picture moves. */
export interface Motion {
  /** All over, and so it needs a real line. */
  readonly isBusy?: boolean
  /** As often as a good camera's, for what is measured by pictures. */
  readonly isSmooth?: boolean
}

/** What a line may be too thin for. */
const WHOLE: Size = { width: 640, height: 360 }

/** What a colour is told by: software encodes and decodes it on a machine that others need too. */
const SMALL: Size = { width: 320, height: 180 }

/** Pictures in the file. */
const FRAMES = 30

const SMOOTH_PER_SECOND = 30
const PLAIN_PER_SECOND = 15
const BAR_HEIGHT = 24
const NOISE_SQUARE = 16
const SAMPLES_PER_SECOND = 48_000
const TONE_SECONDS = 2
const WAV_HEADER_BYTES = 44

/** Full-range colour to the limited-range planes of ITU-R BT.601, which Chromium takes y4m to be. */
function toYuv({ red, green, blue }: Colour): readonly [number, number, number] {
  const y = 16 + (65.738 * red + 129.057 * green + 25.064 * blue) / 256
  const u = 128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256
  const v = 128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256
  return [Math.round(y), Math.round(u), Math.round(v)]
}

/** One picture of a single colour with a slightly lighter bar that wanders down, frame by frame. */
function makeFrame(colour: Colour, index: number, { width, height }: Size): Buffer {
  const [y, u, v] = toYuv(colour)
  const luma = Buffer.alloc(width * height, y)
  const top = Math.floor(((height - BAR_HEIGHT) * index) / FRAMES)
  luma.fill(Math.min(235, y + 40), top * width, (top + BAR_HEIGHT) * width)
  const chromaBytes = (width * height) / 4
  return Buffer.concat([luma, Buffer.alloc(chromaBytes, u), Buffer.alloc(chromaBytes, v)])
}

/** Noise in small squares, a tenth of them new in each picture: as hard to send as a person who moves. */
function addNoise(frame: Buffer, index: number, { width, height }: Size): void {
  let seed = 7
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  for (let top = 0; top < height; top += NOISE_SQUARE) {
    for (let left = 0; left < width; left += NOISE_SQUARE) {
      const phase = next() < 0.1 ? index : 0
      const change = Math.round((((next() * 997 + phase * 0.37) % 1) - 0.5) * 60)
      for (let line = top; line < Math.min(top + NOISE_SQUARE, height); line += 1) {
        const at = line * width + left
        const value = Math.max(16, Math.min(235, (frame[at] ?? 0) + change))
        frame.fill(value, at, at + NOISE_SQUARE)
      }
    }
  }
}

/**
 * Writes a second or two of video for Chromium's `--use-file-for-fake-video-capture`, which repeats it.
 *
 * @returns the file's path
 */
export async function makeCameraFile(
  folder: string,
  colour: Colour,
  { isBusy = false, isSmooth = isBusy }: Motion = {},
): Promise<string> {
  const file = join(folder, 'camera.y4m')
  const size = isBusy ? WHOLE : SMALL
  const perSecond = isSmooth ? SMOOTH_PER_SECOND : PLAIN_PER_SECOND
  const header = `YUV4MPEG2 W${size.width} H${size.height} F${perSecond}:1 Ip A1:1 C420jpeg\n`
  const parts: Buffer[] = [Buffer.from(header)]
  for (let index = 0; index < FRAMES; index += 1) {
    const frame = makeFrame(colour, index, size)
    if (isBusy) addNoise(frame, index, size)
    parts.push(Buffer.from('FRAME\n'), frame)
  }
  await writeFile(file, Buffer.concat(parts))
  return file
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES)
  header.write('RIFF', 0)
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(1, 22) // mono
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24)
  header.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(dataBytes, 40)
  return header
}

/**
 * Writes a tone for Chromium's `--use-file-for-fake-audio-capture`, which repeats it; whole numbers
 * of hertz meet themselves without a click.
 *
 * @returns the file's path
 */
export async function makeMicrophoneFile(folder: string, toneHz: number): Promise<string> {
  const file = join(folder, 'microphone.wav')
  const samples = Buffer.alloc(SAMPLES_PER_SECOND * TONE_SECONDS * 2)
  for (let index = 0; index < samples.length / 2; index += 1) {
    const value = Math.sin((2 * Math.PI * toneHz * index) / SAMPLES_PER_SECOND)
    samples.writeInt16LE(Math.round(value * 12_000), index * 2)
  }
  await writeFile(file, Buffer.concat([wavHeader(samples.length), samples]))
  return file
}
