// @ts-check
/**
 * The caller. A field that the session lacks is undefined.
 * @typedef {object} Identity
 * @property {boolean} signedIn
 * @property {string} [reason] why not signed in
 * @property {string} [provider]
 * @property {string} [userId]
 * @property {string} [sessionId]
 * @property {string} [orgId]
 * @property {string} [orgRole]
 * @property {string} [orgSlug]
 * @property {string[]} permissions
 * @property {string} [actor] who acts as the user
 * @property {string} [name]
 * @property {string} [email]
 */

/**
 * Reads the headers that sessiongate writes. A missing header is not an error.
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {Identity}
 */
export function identityOf(headers) {
  const raw = (/** @type {string} */ name) => headers[`x-identity-${name}`]?.toString() || undefined
  const text = (/** @type {string} */ name) => {
    const value = raw(name)
    return value && decodeURIComponent(value)
  }
  return {
    signedIn: text('status') === 'signed-in', reason: text('reason'),
    provider: text('provider'), userId: text('user-id'), sessionId: text('session-id'),
    orgId: text('org-id'), orgRole: text('org-role'), orgSlug: text('org-slug'),
    // Each element is encoded by itself: split first, then decode.
    permissions: raw('org-permissions')?.split(',').map(decodeURIComponent) ?? [],
    actor: text('actor'), name: text('name'), email: text('email'),
  }
}
