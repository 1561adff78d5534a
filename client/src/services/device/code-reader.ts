/** As much of the Barcode Detection API as is used; browsers that have it bring no types. */
interface CodeReaderClass {
  new (options: { readonly formats: readonly string[] }): CodeReader
  getSupportedFormats(): Promise<readonly string[]>
}

/** Finds codes in a picture. */
export interface CodeReader {
  detect(picture: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}

/** @returns null where the browser cannot read QR codes by itself */
export async function findCodeReader(): Promise<CodeReader | null> {
  const Reader: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (typeof Reader !== 'function') return null
  const known = Reader as unknown as CodeReaderClass
  const formats = await known.getSupportedFormats().catch((): string[] => [])
  return formats.includes('qr_code') ? new known({ formats: ['qr_code'] }) : null
}

/** The secret of a start code's link to this very server; null for whatever else stands in an address. */
export function readStartSecret(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { origin, pathname, hash } = new URL(address)
  const isOurs = origin === location.origin && pathname === '/start'
  return isOurs && /^#[\w-]{22}$/.test(hash) ? hash.slice(1) : null
}
