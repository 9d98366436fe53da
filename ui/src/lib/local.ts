/** The path of an address of this server; of any other address the home page. */
export function local(path: string): string {
  const target = URL.canParse(path, location.origin) ? new URL(path, location.origin) : null
  if (target?.origin !== location.origin) return '/'
  // a path may begin with two slashes only after it was resolved (/.//host): read once more, it names a host
  return target.pathname.startsWith('//') ? '/' : target.pathname + target.search + target.hash
}
