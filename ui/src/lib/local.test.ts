import { beforeAll, describe, expect, it, vi } from 'vitest'
import { local } from './local'

beforeAll(() => {
  vi.stubGlobal('location', { origin: 'https://flows.example.com' })
})

describe('where a login leads', () => {
  it('goes back to pages of this server', () => {
    expect(local('/dags/a%2Fb?tab=runs#x')).toBe('/dags/a%2Fb?tab=runs#x')
    expect(local('https://flows.example.com/runs')).toBe('/runs')
    expect(local('runs')).toBe('/runs')
  })
  it.each([
    'https://evil.example.com/x',
    '//evil.example.com/x',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    '/.//evil.example.com',
    '/..//evil.example.com',
    '/x/..//evil.example.com',
    '/\t/evil.example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://flows.example.com.evil.com/',
    'https://flows.example.com@evil.com/',
    'http://flows.example.com/',
  ])('leads nowhere else: %s', (path) => {
    const to = local(path)
    expect(to).toMatch(/^\/(?!\/)/)
    expect(new URL(to, location.origin).origin).toBe(location.origin)
  })
})
