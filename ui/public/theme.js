// Before the first paint: the theme that was chosen last, or the system's.
;(() => {
  let chosen = null
  try {
    chosen = JSON.parse(localStorage.getItem('tradewind.preferences') ?? '{}').theme
  } catch {
    // no storage, or not ours: the system decides
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
