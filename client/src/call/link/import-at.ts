/** Imports a module of ours by its address, which is another one in each attempt. */
export async function importAt(address: string, attempt: number): Promise<unknown> {
  const again = attempt === 0 ? '' : `?again=${attempt}`
  const found: unknown = await import(/* @vite-ignore */ `${address}${again}`)
  return found
}
