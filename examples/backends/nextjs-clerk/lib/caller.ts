import { auth } from '@clerk/nextjs/server'

/** What the headers of sessiongate say too, from the SDK. */
export async function caller() {
  const { userId, sessionId, orgId, orgRole, orgSlug, has, actor } = await auth()
  return {
    signedIn: Boolean(userId), userId, sessionId, orgId, orgRole, orgSlug, actor: actor?.sub,
    readsTeams: Boolean(userId && has({ permission: 'org:teams:read' })),
  }
}
