/** A style sheet as text, for a constructed sheet: the policy lets no other into a page. */
declare module '*.css?inline' {
  const text: string
  export default text
}
