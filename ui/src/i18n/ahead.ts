/**
 * A page's texts begin to load when its code is there, not when it is first drawn: drawn part by part, it would wait for
 * one namespace after the other.  The build adds the call to modules that use texts (`textsAhead` in vite.config).
 */
import i18next from 'i18next'

export function ahead(names: string[]): void {
  const load = () => void i18next.loadNamespaces(names)
  if (i18next.isInitialized) load()
  else i18next.on('initialized', load)
}
