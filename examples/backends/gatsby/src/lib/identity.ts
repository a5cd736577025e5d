import type { GatsbyFunctionRequest } from 'gatsby'

/** The caller. A field that the session lacks is undefined. */
export interface Identity {
  signedIn: boolean
  reason?: string // why not signed in
  provider?: string
  userId?: string
  sessionId?: string
  orgId?: string
  orgRole?: string
  orgSlug?: string
  permissions: string[]
  actor?: string // who acts as the user
  name?: string
  email?: string
}

/** Reads the headers that sessiongate writes. A missing header is not an error. */
export function identityOf({ headers }: Pick<GatsbyFunctionRequest, 'headers'>): Identity {
  const raw = (name: string) => headers[`x-identity-${name}`]?.toString() || undefined
  const text = (name: string) => decodeURIComponent(raw(name) ?? '') || undefined
  return {
    signedIn: text('status') === 'signed-in', reason: text('reason'),
    provider: text('provider'), userId: text('user-id'), sessionId: text('session-id'),
    orgId: text('org-id'), orgRole: text('org-role'), orgSlug: text('org-slug'),
    // Each element is encoded by itself: split first, then decode.
    permissions: raw('org-permissions')?.split(',').map(decodeURIComponent) ?? [],
    actor: text('actor'), name: text('name'), email: text('email'),
  }
}
