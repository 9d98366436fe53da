/** What the address of the schedule says: known before the page is loaded. */
export const ZOOMS = ['1h', '6h', '24h', '7d'] as const
export type Zoom = (typeof ZOOMS)[number]
