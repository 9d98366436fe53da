/**
 * Addresses as links here spell them: `%3A` where a mail, another program or a person wrote `:`.  Called once, before
 * the first page; two spellings of one address would be two pages to the router, and the open tab would be none.
 */
export function spelled(path: string): string {
  try {
    return path
      .split('/')
      .map((part) => encodeURIComponent(decodeURIComponent(part)))
      .join('/')
  } catch {
    return path // a stray %: there is no such page
  }
}

export function spellAddress(): void {
  const path = spelled(location.pathname)
  if (path !== location.pathname) history.replaceState(history.state, '', path + location.search + location.hash)
}
