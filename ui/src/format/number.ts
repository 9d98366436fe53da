/** Numbers and sizes in words. */

/** `12,345` */
export function count(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value)
}

/** `1.2k`, `3.4M`: for chips and bars. */
export function short(value: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** Bytes as `12 B`, `3.4 KiB`, `1.2 GiB`. */
export function bytes(value: number): string {
  let size = Math.max(value, 0)
  let unit = 0
  while (size >= 1023.95 && unit < SIZES.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${SIZES[unit]}`
}

/** 0.123 as `12 %`. */
export function percent(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: value < 0.1 ? 1 : 0 }).format(value)
}
