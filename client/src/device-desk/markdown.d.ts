/** A file of text, taken in when the client is built. */
declare module '*.md?raw' {
  const text: string
  export default text
}
