import { caller } from '../../lib/caller'

export async function GET() {
  return Response.json(await caller())
}
