/** `PT1H30M`, `P2DT3.5S`, as JSON has durations: in seconds; null when it is none. */
export function secondsOfIso(text: string): number | null {
  const found = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (found === null || text.endsWith('P') || text.endsWith('T')) return null
  const [, minus, days = 0, hours = 0, minutes = 0, seconds = 0] = found
  const all = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return minus ? -all : all
}
