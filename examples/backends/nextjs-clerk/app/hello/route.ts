import { caller } from '../../lib/caller'

export async function GET() {
  const who = await caller()
  return who.signedIn
    ? Response.json(who)
    : Response.json({ error: 'no session' }, { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
}
