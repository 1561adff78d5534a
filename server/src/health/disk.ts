import { stat, statfs } from 'node:fs/promises'

/** Less free than this, of all: there is time to make room before anything stops. */
const LEAST_FREE = 0.1

/** @returns the free share of the disk that holds the folder, from 0 to 1, for users who are not root */
export async function readFreeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 1 : bavail / blocks
}

/** Makes a look that says whether there is room. */
export function watchDisk(folder: string): () => Promise<boolean> {
  return async () => (await readFreeShare(folder)) >= LEAST_FREE
}

/** @returns bytes of a SQLite file with what is not yet merged into it (`-wal`) */
export async function readDatabaseBytes(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
