/** Draws a whole number from 0 up to, and without, `below`. */
export type Draw = (below: number) => number

/** A small generator, so that what was drawn can be drawn again by its seed. */
export function makeDraw(seed: number): Draw {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
  // Neighbouring seeds begin alike.
  for (let n = 0; n < 10; n += 1) next()
  return (below) => (next() >> 8) % below
}
